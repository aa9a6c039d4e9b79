/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.eval.files.ResultsFile;
import io.kairos.eval.report.Lines;
import io.kairos.eval.rm.RmResult;
import io.kairos.eval.rm.RmTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static final BenchRow.Micros MICROS = new BenchRow.Micros(0.5, 1.25);

    @Test
    void bothPlacersChooseTheSameNodes() {
        ChurnDriver index = new ChurnDriver(new IndexPlacer(), 50, 3);
        ChurnDriver sort = new ChurnDriver(new SortingPlacer(), 50, 3);
        for (int i = 0; i < 2_000; i++) {
            assertThat(index.cycle()).isEqualTo(sort.cycle());
        }
    }

    @Test
    void aCycleOfTheNodeTierKeepsItsTasks() {
        NodeBenchmark benchmark = new NodeBenchmark();
        benchmark.tasks = 40;
        benchmark.fill();
        for (int i = 0; i < 2_000; i++) {
            assertThat(benchmark.decision()).isNotNull();
        }
    }

    @Test
    void eachRateHasTheNameOfWhatItCounts() throws IOException {
        assertThat(names(Benchmarks.PLACEMENT.row("index", 10, 4e6, MICROS)))
                .containsExactly("subject", "nodes", "containersPerSecond", "decisionMicros");
        assertThat(names(Benchmarks.NODE.row("node", 40, 4e6, MICROS)))
                .containsExactly("subject", "tasksPerNode", "eventsPerSecond", "decisionMicros");
    }

    private List<String> names(BenchRow row) throws IOException {
        Path json = folder.resolve("bench.json");
        ResultsFile.writeJson(new BenchResult("bench", "here", List.of(row)), json);
        return new ObjectMapper()
                .readTree(json.toFile()).get("rows").get(0).properties().stream()
                        .map(Map.Entry::getKey)
                        .toList();
    }

    @Test
    void theTableShowsTheGrowth() {
        List<String> lines = BenchTable.lines(new BenchResult(
                "placement",
                "here",
                List.of(
                        Benchmarks.PLACEMENT.row("index", 10, 4e6, MICROS),
                        Benchmarks.PLACEMENT.row("index", 10_000, 1e6, new BenchRow.Micros(2, 5)))));
        assertThat(lines.get(2)).contains("4,000,000").endsWith("x1.0");
        assertThat(lines.get(3)).contains("10,000").endsWith("x4.0");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void aMachineOfManyWordsTakesTwoLines() {
        String machine = "128 processors, 1024 GiB, Linux 6.8.0-1021-of-a-certain-cloud amd64, Java 17.0.15";
        for (List<String> lines : List.of(
                PauseBenchmark.lines(new BenchResult("node --docker", machine, List.of())),
                BenchTable.lines(new BenchResult("placement", machine, List.of())),
                ReportsBenchmark.lines(new ReportsResult("reports", machine, 5, List.of())),
                RmTable.lines(new RmResult("rm", machine, 6, 3, List.of())))) {
            assertThat(lines.get(0)).contains(" on 128 processors").hasSizeLessThanOrEqualTo(Lines.WIDTH);
            assertThat(lines.get(1)).contains("17.0.15");
        }
    }

    @Test
    void theTableOfPausesSaysWhatIsOurs() {
        List<BenchRow> rows = new ArrayList<>();
        for (String subject : List.of("loop docker, pause", "loop docker, resume", "loop docker, swap")) {
            rows.add(new BenchRow(subject, null, null, null, null, new BenchRow.Micros(20_000, 100_000)));
        }
        for (String subject : List.of(
                "loop docker, pause, own share",
                "loop docker, resume, own share",
                "loop cgroup, pause, own share",
                "loop cgroup, resume, own share")) {
            rows.add(new BenchRow(subject, null, null, null, null, new BenchRow.Micros(500, 1_500)));
        }
        List<String> lines = PauseBenchmark.lines(new BenchResult("node --docker", "here", rows));
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(lines.get(lines.size() - 1)).contains("docker 2.5 % at p50").contains("cgroup 1,500 us at p99");
    }
}
