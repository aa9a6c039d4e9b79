/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.metrics.Distribution;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a workload holds; times in seconds.
 *
 * @param arrivalSpanSeconds from the first submission to the last
 * @param longShareOfService share of all service that is the long jobs'; null if there is no service
 */
record WorkloadStats(
        String name,
        int jobs,
        long longJobs,
        int tasks,
        double serviceSeconds,
        double arrivalSpanSeconds,
        @Nullable Double longShareOfService,
        @Nullable Distribution taskSeconds,
        @Nullable Distribution jobServiceSeconds) {

    static WorkloadStats of(Workload workload) {
        List<Double> tasks = workload.jobs().stream()
                .flatMap(job -> Arrays.stream(job.taskDurations()).boxed())
                .toList();
        double service = workload.serviceSeconds();
        double first =
                workload.jobs().stream().mapToDouble(Job::submitTime).min().orElse(0);
        return new WorkloadStats(
                workload.name(),
                workload.jobs().size(),
                workload.jobs().stream()
                        .filter(job -> job.jobClass() == JobClass.LONG)
                        .count(),
                workload.taskCount(),
                service,
                workload.lastSubmitTime() - first,
                service > 0 ? workload.serviceSeconds(JobClass.LONG) / service : null,
                Distribution.of(tasks).orElse(null),
                Distribution.of(workload.jobs().stream()
                                .map(Job::serviceSeconds)
                                .toList())
                        .orElse(null));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d jobs (%d long), %d tasks, %.1f s of service, arrivals over %.1f s",
                name,
                jobs,
                longJobs,
                tasks,
                serviceSeconds,
                arrivalSpanSeconds));
        if (longShareOfService != null) {
            lines.add(String.format(Locale.ROOT, "long jobs hold %.0f %% of the service", 100 * longShareOfService));
        }
        lines.add(String.format("%-20s%12s%12s%12s%12s%12s", "seconds", "p50", "p90", "p99", "mean", "max"));
        addRow(lines, "task duration", taskSeconds);
        addRow(lines, "service of a job", jobServiceSeconds);
        return lines;
    }

    private static void addRow(List<String> lines, String title, @Nullable Distribution figures) {
        if (figures != null) {
            lines.add(String.format(
                    "%-20s%12s%12s%12s%12s%12s",
                    title,
                    shown(figures.p50()),
                    shown(figures.p90()),
                    shown(figures.p99()),
                    shown(figures.mean()),
                    shown(figures.max())));
        }
    }

    private static String shown(double seconds) {
        return String.format(Locale.ROOT, seconds < 100_000 ? "%.2f" : "%.0f", seconds);
    }
}
