/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kairos.workloads.model.JobClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSummarizerTest {
    private static RunRecord run(List<JobRecord> jobs, List<EventRecord> events, RunCosts costs) {
        return new RunRecord(
                "kairos",
                1,
                ClusterSize.alike(2, 4),
                4,
                0.75,
                "auto",
                "default",
                jobs,
                events,
                new TaskCounts(3, 3, 0, 0),
                costs);
    }

    @Test
    void splitsTheFiguresByClass() {
        RunSummary summary = RunSummarizer.summarize(run(
                List.of(
                        new JobRecord("1", JobClass.SHORT, 1, 4, 2, 0, 4),
                        new JobRecord("2", JobClass.SHORT, 1, 4, 2, 1, 9),
                        new JobRecord("3", JobClass.LONG, 1, 32, 5, 2, 10)),
                List.of(),
                RunCosts.UNKNOWN));

        assertThat(summary.classes()).containsOnlyKeys("short", "long");
        assertThat(summary.classes()).hasEntrySatisfying("short", shortJobs -> {
            assertThat(shortJobs.completionTime().mean()).isEqualTo(6);
            assertThat(shortJobs.slowdown().max()).isEqualTo(4);
        });
        assertThat(summary.classes()).hasEntrySatisfying("long", longJobs -> assertThat(longJobs.jobs())
                .isEqualTo(1));
        // 40 s of service in 10 s on 8 slots.
        assertThat(summary.utilisation()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void countsPausesAndTheirTimeFromTheEvents() {
        RunSummary summary = RunSummarizer.summarize(run(
                List.of(),
                List.of(
                        EventRecord.of(0, "n", EventKind.PLACE, "a"),
                        EventRecord.of(1, "n", EventKind.PAUSE, "a"),
                        EventRecord.of(2, "n", EventKind.PULSE_START, "a"),
                        EventRecord.of(2.5, "n", EventKind.PULSE_END, "a"),
                        EventRecord.of(4, "n", EventKind.RESUME, "a"),
                        EventRecord.of(6, "n", EventKind.PAUSE, "a"),
                        // A paused task may be killed: its pause ends then.
                        EventRecord.of(7.5, "n", EventKind.KILL, "a")),
                RunCosts.UNKNOWN));

        assertThat(summary.preemptions()).isEqualTo(2);
        assertThat(summary.pausedSeconds()).isEqualTo(4.5);
        assertThat(summary.placements()).isEqualTo(1);
    }

    @Test
    void whatIsNotKnownStaysUnknown() {
        RunSummary summary = RunSummarizer.summarize(run(List.of(), List.of(), RunCosts.UNKNOWN));

        assertThat(summary.completionTime()).isNull();
        assertThat(summary.utilisation()).isNull();
        assertThat(summary.preemptions()).isNull();
        assertThat(summary.pausedSeconds()).isNull();
        assertThat(summary.eventsPerSecond()).isNull();
    }

    @Test
    void aSimulatorsSpeedFollowsFromItsEvents() {
        RunSummary summary = RunSummarizer.summarize(run(List.of(), List.of(), new RunCosts(0.0, 2.0, 1000L, 64L)));
        assertThat(summary.eventsPerSecond()).isEqualTo(500);
    }
}
