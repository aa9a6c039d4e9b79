/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.SampleComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void whatWasWrittenIsRead() throws IOException {
        Comparison written = SampleComparison.of("fifo", "kairos");
        new RunFolder(folder).write(written);
        Comparison read = new RunFolder(folder).read();

        assertThat(read.results()).isEqualTo(written.results());
        assertThat(read.jobsByScheduler().keySet()).containsExactly("fifo", "kairos");
        assertThat(read.jobs("kairos"))
                .usingElementComparator((one, other) -> near(one, other) ? 0 : 1)
                .containsExactlyElementsOf(written.jobs("kairos"));
        List<EventRecord> events = events(read, "kairos");
        assertThat(events).hasSameSizeAs(events(written, "kairos")).isNotEmpty();
        assertThat(events.stream()
                        .filter(event -> event.reason() != null)
                        .findFirst()
                        .orElseThrow()
                        .counterpart())
                .isEqualTo("container_x");
    }

    @Test
    void whatGoesWrongWithAnEventIsNoFaultOfItsLine() throws IOException {
        RunFolder written = new RunFolder(folder);
        written.write(SampleComparison.of("fifo"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> written.read().events().forEach((scheduler, event) -> {
                    throw new IllegalArgumentException("no room");
                }))
                .withMessage("no room");
    }

    private static List<EventRecord> events(Comparison comparison, String scheduler) throws IOException {
        List<EventRecord> events = new ArrayList<>();
        comparison.events().forEach((of, event) -> {
            if (of.equals(scheduler)) {
                events.add(event);
            }
        });
        return events;
    }

    private static boolean near(JobRecord one, JobRecord other) {
        return one.job().equals(other.job())
                && one.jobClass() == other.jobClass()
                && Math.abs(one.finishSeconds() - other.finishSeconds()) < 1e-5
                && one.uncontendedSeconds() == other.uncontendedSeconds();
    }

    @Test
    void resultsFollowTheContract() throws IOException {
        new RunFolder(folder).write(SampleComparison.of("fifo", "kairos"));
        JsonNode results =
                new ObjectMapper().readTree(folder.resolve("results.json").toFile());

        assertThat(names(results.get("workload"))).containsExactly("name", "jobs", "tasks", "seed", "serviceSeconds");
        JsonNode fifo = results.get("runs").get(0);
        assertThat(names(fifo))
                .containsExactly(
                        "scheduler",
                        "seed",
                        "nodes",
                        "slotsPerNode",
                        "containerRuntime",
                        "utilisation",
                        "completionTime",
                        "slowdown",
                        "classes",
                        "tasks",
                        "placements",
                        "preemptions",
                        "pausedSeconds",
                        "wastedServiceSeconds",
                        "wallSeconds");
        assertThat(names(fifo.get("completionTime"))).containsExactly("p50", "p90", "p99", "mean", "max", "cvar95");
        assertThat(names(fifo.get("slowdown"))).containsExactly("p50", "p90", "p99", "mean", "max");
        assertThat(names(fifo.get("classes"))).containsExactly("short", "long");
        assertThat(names(fifo.get("classes").get("long"))).containsExactly("jobs", "completionTime", "slowdown");
        assertThat(names(fifo.get("tasks"))).containsExactly("submitted", "completed", "failed", "killed");
        JsonNode kairos = results.get("runs").get(1);
        assertThat(kairos.get("queueBound").asInt()).isEqualTo(4);
        assertThat(kairos.get("quantumSeconds").asDouble()).isEqualTo(0.75);
        assertThat(kairos.get("pauser").asText()).isEqualTo("cgroup");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatIOException()
                .isThrownBy(() -> new RunFolder(folder).read())
                .withMessageContaining("results.json")
                .withMessageContaining(folder.toString());
    }

    @Test
    void saysWhereAFileIsMalformed() throws IOException {
        new RunFolder(folder).write(SampleComparison.of("fifo"));
        Path jobs = folder.resolve("jobs.csv");
        Files.writeString(jobs, Files.readString(jobs).replaceFirst("fifo,job-1,short,6", "fifo,job-1,short,many"));
        assertThatIOException()
                .isThrownBy(() -> new RunFolder(folder).read())
                .withMessageContaining("jobs.csv:2")
                .withMessageContaining("tasks: expected a whole number, got 'many'");

        Files.writeString(folder.resolve("results.json"), "{\"workload\": [}");
        assertThatIOException().isThrownBy(() -> new RunFolder(folder).read()).withMessageContaining("results.json:1");
    }
}
