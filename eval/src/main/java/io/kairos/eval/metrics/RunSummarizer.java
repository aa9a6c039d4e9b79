/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import io.kairos.workloads.model.JobClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the figures of a run from what it recorded. */
public final class RunSummarizer {
    private RunSummarizer() {}

    /** The figures of one run. A figure whose events were not recorded is left null. */
    public static RunSummary summarize(RunRecord run) {
        return summarize(run, RunCounts.of(run.events()));
    }

    /** The same, where somebody else counted what happened. */
    public static RunSummary summarize(RunRecord run, RunCounts counts) {
        RunCosts costs = run.costs();
        return new RunSummary(
                run.scheduler(),
                run.seed(),
                run.cluster().nodes(),
                run.cluster().slotsPerNode(),
                run.queueBound(),
                run.quantumSeconds(),
                run.pauser(),
                run.containerRuntime(),
                utilisation(run),
                completionTime(run.jobs()),
                slowdown(run.jobs()),
                classes(run.jobs()),
                run.tasks(),
                counts.placements(),
                counts.preemptions(),
                counts.pausedSeconds(),
                counts.shortTasksBehindLong(),
                costs.wastedServiceSeconds(),
                costs.wallSeconds(),
                costs.events(),
                eventsPerSecond(costs),
                costs.peakMemoryMb());
    }

    private static @Nullable Distribution completionTime(List<JobRecord> jobs) {
        return Distribution.withTail(
                        jobs.stream().map(JobRecord::completionSeconds).toList())
                .orElse(null);
    }

    private static @Nullable Distribution slowdown(List<JobRecord> jobs) {
        return Distribution.of(jobs.stream().map(JobRecord::slowdown).toList()).orElse(null);
    }

    private static Map<String, ClassSummary> classes(List<JobRecord> jobs) {
        Map<String, ClassSummary> classes = new LinkedHashMap<>();
        for (JobClass jobClass : JobClass.values()) {
            List<JobRecord> members =
                    jobs.stream().filter(job -> job.jobClass() == jobClass).toList();
            Distribution completionTime = completionTime(members);
            Distribution slowdown = slowdown(members);
            if (completionTime != null && slowdown != null) {
                classes.put(jobClass.label(), new ClassSummary(members.size(), completionTime, slowdown));
            }
        }
        return classes;
    }

    private static @Nullable Double utilisation(RunRecord run) {
        double begin =
                run.jobs().stream().mapToDouble(JobRecord::submitSeconds).min().orElse(0);
        double end =
                run.jobs().stream().mapToDouble(JobRecord::finishSeconds).max().orElse(0);
        double slotSeconds = (end - begin) * run.cluster().capacity();
        double service =
                run.jobs().stream().mapToDouble(JobRecord::serviceSeconds).sum();
        return slotSeconds > 0 ? service / slotSeconds : null;
    }

    private static @Nullable Double eventsPerSecond(RunCosts costs) {
        Long events = costs.events();
        Double wall = costs.wallSeconds();
        return events == null || wall == null || wall <= 0 ? null : events / wall;
    }
}
