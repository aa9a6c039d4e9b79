/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.metrics.ApplicationRecord;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunCosts;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.workloads.mix.JobTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a run of real jobs showed. */
public record RealOutcome(RunRecord record, List<ApplicationRecord> applications) {
    /**
     * Puts it together.
     *
     * @param jobs in the time of the run
     * @param alone figures of each job with the cluster to itself
     * @param events in the same time, in its order
     * @param known ids of the jobs whose pauses are among the events
     * @param wallSeconds of the run
     * @throws IOException one line: what a client printed cannot be read
     */
    static RealOutcome of(
            List<EndedJob> jobs,
            RunTerms terms,
            Function<JobTemplate, AloneFigures> alone,
            List<EventRecord> events,
            Set<Integer> known,
            double wallSeconds)
            throws IOException {
        Map<String, PauseTimes> pauses = PauseTimes.byJob(events);
        List<JobRecord> records = new ArrayList<>();
        List<ApplicationRecord> rows = new ArrayList<>();
        int submitted = 0;
        int completed = 0;
        int failed = 0;
        int killed = 0;
        for (EndedJob job : inOrder(jobs)) {
            AloneFigures figures = alone.apply(job.job().template());
            PauseTimes paused = known.contains(job.job().id()) ? pauses.getOrDefault(id(job), PauseTimes.NONE) : null;
            ApplicationRecord row = row(job, figures, paused);
            rows.add(row);
            int tasks = figures.taskCount();
            submitted += tasks;
            failed += orZero(row.failedTasks());
            killed += orZero(row.lostContainers());
            if (row.rightResult()) {
                completed += tasks;
                records.add(record(job, figures));
            } else {
                completed += Math.min(tasks, orZero(row.tasks()));
            }
        }
        boolean wastedNothing = rows.stream().allMatch(ApplicationRecord::isUnharmed);
        RunRecord record = terms.record(
                records,
                events,
                new TaskCounts(submitted, completed, failed, killed),
                new RunCosts(wastedNothing ? 0.0 : null, wallSeconds, null, null));
        return new RealOutcome(record, rows);
    }

    private static List<EndedJob> inOrder(List<EndedJob> jobs) {
        return jobs.stream()
                .sorted(Comparator.comparingInt(job -> job.job().id()))
                .toList();
    }

    private static String id(EndedJob job) {
        return String.valueOf(job.job().id());
    }

    private static ApplicationRecord row(EndedJob job, AloneFigures figures, @Nullable PauseTimes paused)
            throws IOException {
        JobReport report = job.report();
        return new ApplicationRecord(
                id(job),
                job.job().template().name(),
                job.exitStatus(),
                report.result(),
                job.exitStatus() == 0 && Objects.equals(report.result(), figures.result()),
                report.tasks(),
                report.failedTasks(),
                report.lostContainers(),
                report.stagesAgain(),
                report.fetchFailures(),
                report.speculativeTasks(),
                paused == null ? null : paused.most(),
                paused == null ? null : paused.longestSeconds());
    }

    private static JobRecord record(EndedJob job, AloneFigures figures) {
        return new JobRecord(
                id(job),
                job.job().template().jobClass(),
                figures.taskCount(),
                figures.slotSeconds(),
                figures.seconds(),
                job.submitted(),
                job.finished());
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
