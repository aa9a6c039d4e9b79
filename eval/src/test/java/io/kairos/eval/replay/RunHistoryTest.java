/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.eval.files.RunFolder;
import io.kairos.eval.metrics.ApplicationRecord;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunCosts;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.RunSummary;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.eval.metrics.WorkloadSummary;
import io.kairos.workloads.model.JobClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    private static final WorkloadSummary WORKLOAD = new WorkloadSummary("mixed", 1, 3, 1L, 12);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void runsOfSeveralSchedulersStandSideBySideInTheOrderTheyCame() throws IOException {
        RunHistory history = new RunHistory(folder);
        history.add(WORKLOAD, run("fifo", 9), List.of(application("1")));
        history.add(WORKLOAD, run("kairos", 4), List.of(application("1")));
        history.add(WORKLOAD, run("fair", 7), List.of(application("1")));

        Comparison read = new RunFolder(folder).read();
        assertThat(read.results().runs()).extracting(RunSummary::scheduler).containsExactly("fifo", "kairos", "fair");
        assertThat(read.jobs("kairos")).hasSize(1);
        List<String> events = new ArrayList<>();
        read.events().forEach((scheduler, event) -> events.add(scheduler + " " + event.task()));
        assertThat(events).containsExactly("fifo fifo-task", "kairos kairos-task", "fair fair-task");
        assertThat(history.applications()).containsOnlyKeys("fifo", "kairos", "fair");
        assertThat(folder.resolve("report.html")).content().contains("kairos");
    }

    @Test
    void aSecondRunOfASchedulerTakesThePlaceOfTheFirst() throws IOException {
        RunHistory history = new RunHistory(folder);
        history.add(WORKLOAD, run("fifo", 9), List.of());
        history.add(WORKLOAD, run("kairos", 4), List.of());
        Comparison comparison = history.add(WORKLOAD, run("fifo", 5), List.of());

        assertThat(comparison.results().runs())
                .extracting(RunSummary::scheduler)
                .containsExactly("fifo", "kairos");
        assertThat(comparison.jobs("fifo"))
                .singleElement()
                .extracting(JobRecord::finishSeconds)
                .isEqualTo(5.0);
        assertThat(history.applications()).isEmpty();
    }

    @Test
    void anotherWorkloadIsRefusedInOneLine() throws IOException {
        RunHistory history = new RunHistory(folder);
        history.add(WORKLOAD, run("fifo", 9), List.of());
        assertThatCode(() -> history.require(WORKLOAD, at(0), terms("kairos"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> history.require(new WorkloadSummary("mixed", 1, 3, 2L, 12), at(0), terms("kairos")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder
                        + " holds runs of 'mixed' of 1 jobs and 3 tasks, seed 1, 12.0 s of service: expected another"
                        + " folder, or the same for 'mixed' of 1 jobs and 3 tasks, seed 2, 12.0 s of service");
    }

    @Test
    void anotherLoadIsRefusedBeforeItIsKnownWhatTheJobsTake() throws IOException {
        RunHistory history = new RunHistory(folder);
        history.add(WORKLOAD, run("fifo", 9), List.of());
        assertThatCode(() -> history.require("mixed", 1, 1, at(2), terms("kairos")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> history.require("mixed", 1, 2, at(0), terms("kairos")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seed 2");
        assertThatThrownBy(() -> history.require("mixed", 1, 1, at(50), terms("kairos")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        folder + " holds runs of the same jobs at other times: expected another folder, or the same for"
                                + " jobs submitted within 50.0 s");
    }

    @Test
    void nodesOfAnotherSizeAreRefused() throws IOException {
        RunHistory history = new RunHistory(folder);
        history.add(WORKLOAD, run("fifo", 9), List.of());
        RunTerms more = new RunTerms("kairos", 1, 4, 2, null, null, null, "default");
        assertThatThrownBy(() -> history.require(WORKLOAD, at(0), more))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        folder + " holds runs of 3 nodes of 2 slots: expected another folder, or the same for 4 nodes"
                                + " of 2 slots");
    }

    @Test
    void anotherContainerRuntimeIsRefused() throws IOException {
        RunHistory history = new RunHistory(folder);
        history.add(WORKLOAD, run("fifo", 9), List.of());
        RunTerms docker = new RunTerms("kairos", 1, 3, 2, null, null, null, "docker");
        assertThatThrownBy(() -> history.require("mixed", 1, 1, at(0), docker))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder
                        + " holds runs of tasks in the container runtime 'default': expected another folder, or the same"
                        + " for 'docker'");
    }

    @Test
    void aRunThatCannotBeWrittenCostsNoneOfThoseBefore() throws IOException {
        RunHistory history = new RunHistory(folder);
        history.add(WORKLOAD, run("fifo", 9), List.of(application("1")));
        for (String file : List.of("events.csv", "jobs.csv", "results.json", "applications.csv")) {
            Path inTheWay = Files.createDirectory(folder.resolve(file + ".new"));
            assertThatThrownBy(() -> history.add(WORKLOAD, run("kairos", 4), List.of(application("1"))))
                    .as(file)
                    .isInstanceOf(IOException.class);
            Files.deleteIfExists(inTheWay);
            assertThat(new RunFolder(folder).read().results().runs())
                    .extracting(RunSummary::scheduler)
                    .containsExactly("fifo");
            List<String> events = new ArrayList<>();
            new RunFolder(folder).read().events().forEach((scheduler, event) -> events.add(scheduler));
            assertThat(events).contains("fifo");
        }
        history.add(WORKLOAD, run("kairos", 4), List.of(application("1")));
        assertThat(history.applications()).containsOnlyKeys("fifo", "kairos");
    }

    private static Submissions at(double seconds) {
        return new Submissions(Map.of("1", seconds));
    }

    private static RunTerms terms(String scheduler) {
        return new RunTerms(scheduler, 1, 3, 2, null, null, null, "default");
    }

    private static RunRecord run(String scheduler, double finish) {
        return terms(scheduler)
                .record(
                        List.of(new JobRecord("1", JobClass.SHORT, 3, 12, 2, 0, finish)),
                        List.of(EventRecord.of(0, "node-1", EventKind.PLACE, scheduler + "-task")),
                        new TaskCounts(3, 3, 0, 0),
                        RunCosts.UNKNOWN);
    }

    private static ApplicationRecord application(String job) {
        return new ApplicationRecord(job, "pi", 0, "pi 3", true, 3, 0, 0, null, 0, 0, 2, 1.5);
    }
}
