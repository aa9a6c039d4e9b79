/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlsBenchmarkTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void theTableShowsEachRunTheRatiosAndWhoDidNotEnd() {
        SlsResult result = new SlsResult(
                "sls",
                "here",
                7,
                List.of(
                        run("capacity", 400, 10),
                        run("kairos", 399, 5),
                        run("capacity-async", 400, 20),
                        run("kairos", 400, 5),
                        run("capacity", 400, 30)));
        List<String> lines = SlsTable.lines(result);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(lines).filteredOn(line -> line.contains("399/400")).hasSize(1);
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("heartbeat x0.25"));
        assertThat(lines.get(lines.size() - 1)).isEqualTo("kairos ended 399 of 400 jobs in 100 s");
        assertThat(result.allEnded()).isFalse();
    }

    @Test
    void thePlacementThreadIsPartOfWhatAContainerCosts() {
        SlsRun run = run("kairos", 400, 5);
        assertThat(run.processorMicrosPerContainer()).isCloseTo(60, within(1e-9));
        assertThat(run.placementMicrosPerContainer()).isCloseTo(30, within(1e-9));
        assertThat(run.heartbeatShare()).isCloseTo(0.9, within(1e-9));
    }

    @Test
    void aCallIsKeptAlsoIfItThrows() {
        CallTimes times = new CallTimes();
        assertThatThrownBy(times::figures).hasMessageContaining("no call");
        assertThat(times.<String>measure(() -> "answer")).isEqualTo("answer");
        assertThatThrownBy(() -> times.measure(() -> {
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        CallFigures figures = times.figures();
        assertThat(figures.calls()).isEqualTo(2);
        assertThat(figures.p50Micros()).isPositive().isLessThanOrEqualTo(figures.p99Micros());
    }

    @Test
    void whoIsFirstChangesFromRoundToRound() {
        assertThat(SlsBenchmark.order(0)).containsExactlyInAnyOrder(SchedulerInSimulator.values());
        assertThat(IntStream.range(0, 3)
                        .mapToObj(round -> SlsBenchmark.order(round).get(0)))
                .containsExactlyInAnyOrder(SchedulerInSimulator.values());
        assertThat(SlsBenchmark.order(3)).isEqualTo(SlsBenchmark.order(0));
    }

    @Test
    void jobsGrowWithTheNodes() throws IOException {
        Path file = folder.resolve("trace.json");
        SynthWorkload.write(file, 1_000, 3);
        JsonNode trace = SlsWorker.JSON.readTree(file.toFile());
        assertThat(trace.get("num_nodes").intValue()).isEqualTo(1_000);
        assertThat(trace.get("num_jobs").intValue()).isEqualTo(400);
        assertThat(trace.get("rand_seed").intValue()).isEqualTo(3);
        SynthWorkload.write(file, 1, 3);
        assertThat(SlsWorker.JSON.readTree(file.toFile()).get("num_jobs").intValue())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(SchedulerInSimulator.class)
    void allJobsEndInTheSimulator(SchedulerInSimulator kind) throws IOException, InterruptedException {
        SlsRun run = SlsProcess.run(kind, quickWorkload(), Duration.ofMinutes(5));
        assertThat(run.allEnded()).isTrue();
        assertThat(run.jobs()).isEqualTo(8);
        assertThat(run.scheduler()).isEqualTo(kind.label());
        // Each job has a master, three maps and three reduces.
        assertThat(run.containers()).isEqualTo(8 * 7);
        assertThat(run.nodeUpdate().calls()).isGreaterThan(20);
        assertThat(run.processor().placement() > 0).isEqualTo(kind != SchedulerInSimulator.CAPACITY);
        assertThat(run.jobSeconds()).isPositive().isLessThan(run.seconds());
    }

    /** Jobs that come within a second, of few tasks that take less than one. */
    private Path quickWorkload() throws IOException {
        Path file = folder.resolve("trace.json");
        SynthWorkload.write(file, 20, 3);
        JsonNode trace = SlsWorker.JSON.readTree(file.toFile());
        trace.findValues("count")
                .forEach(count -> ((ObjectNode) count).put("val", 3).remove("std"));
        trace.findValues("tasks").forEach(tasks -> tasks.findValues("time")
                .forEach(time -> ((ObjectNode) time).put("val", 300).remove("std")));
        trace.findValues("time_distribution").forEach(times -> ((ObjectNode) times.get(1)).put("time", 1));
        SlsWorker.JSON.writeValue(file.toFile(), trace);
        return file;
    }

    private static SlsRun run(String scheduler, int ended, double micros) {
        CallFigures calls = new CallFigures(90_000, micros, 10 * micros, 2 * micros, 100);
        return new SlsRun(
                scheduler, 1_000, 400, ended, 20_000, 100, 25.0, calls, calls, new SlsRun.Processor(400, 200, 600));
    }
}
