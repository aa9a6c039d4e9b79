/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.eval.bench.BenchRow.Micros;
import io.kairos.eval.files.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RmBenchmarkTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aRowHoldsMediansTheLongestHoldAndNothingThatIsNotKnown() throws IOException {
        RmRow row = RmBenchmark.row(
                "kairos",
                100,
                List.of(round(10, new Micros(5, 50), 1), round(30, new Micros(7, 70), 9), round(20, null, 2)),
                new RmRow.Range(9, 10));
        assertThat(row.containersPerSecond()).isEqualTo(20);
        assertThat(row.decisionMicros()).isEqualTo(new Micros(6, 60));
        assertThat(row.longestLockMillis()).isEqualTo(9);
        assertThat(row.mostLockWorkMillis()).isEqualTo(4.5);
        assertThat(row.unplaced()).isEqualTo(3);

        RmRow unknown = RmBenchmark.row("fifo", 100, List.of(round(1, null, 0)), new RmRow.Range(0, 16));
        Path json = folder.resolve("rm.json");
        ResultsFile.writeJson(new RmResult("rm", "here", 1, 1, List.of(unknown)), json);
        JsonNode written =
                new ObjectMapper().readTree(json.toFile()).get("rows").get(0);
        assertThat(written.properties().stream().map(Map.Entry::getKey))
                .contains("scheduler", "nodes", "containersPerSecond", "containersPerNode")
                .doesNotContain("decisionMicros", "longestLockMillis", "mostLockWorkMillis");
    }

    @Test
    void theTableIsNarrowAndSaysWhatWasLeft() {
        RmRow row = RmBenchmark.row(
                "capacity-async",
                5_000,
                List.of(round(123_456, new Micros(1_234, 98_765), 1_000)),
                new RmRow.Range(0, 16));
        List<String> lines = RmTable.lines(new RmResult("rm", "here", 6, 3, List.of(row)));
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(lines.get(3)).contains("123,456").contains("0..16");
        assertThat(lines.get(4)).contains("1 containers unplaced");
    }

    @Test
    void aProcessPlacesEverythingAndKairosKeepsNodesWithinOne() throws IOException {
        try (WorkerProcess worker = WorkerProcess.start(SchedulerUnderTest.KAIROS, 10, 1)) {
            RoundFigures figures = worker.ask(RmWorker.ROUND, RoundFigures.class);
            assertThat(figures.unplaced()).isZero();
            assertThat(figures.containersPerSecond()).isPositive();
            assertThat(figures.decisionMicros()).isNotNull();
            RmRow.Range range = worker.ask(RmWorker.CHURN, RmRow.Range.class);
            assertThat(range.most() - range.fewest()).isLessThanOrEqualTo(1);
        }
    }

    private static RoundFigures round(double perSecond, @Nullable Micros micros, double lockMillis) {
        return new RoundFigures(perSecond, 1, micros, lockMillis, lockMillis / 2, 2, 3);
    }
}
