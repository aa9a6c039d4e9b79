/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything one run under one scheduler recorded, live or simulated.
 *
 * @param scheduler the scheduler's name
 * @param seed the run's seed
 * @param cluster what it ran on
 * @param queueBound Q; null for a scheduler that has none
 * @param quantumSeconds W; null for a scheduler that has none
 * @param pauser how it was told to pause tasks; null for a scheduler that pauses none
 * @param containerRuntime YARN's name of what tasks ran in, default or docker; null where none really ran
 * @param jobs the jobs that completed
 * @param events what happened, kept in order of time
 * @param tasks how the tasks ended
 * @param costs what the run itself cost
 */
public record RunRecord(
        String scheduler,
        long seed,
        ClusterSize cluster,
        @Nullable Integer queueBound,
        @Nullable Double quantumSeconds,
        @Nullable String pauser,
        @Nullable String containerRuntime,
        List<JobRecord> jobs,
        List<EventRecord> events,
        TaskCounts tasks,
        RunCosts costs) {
    public RunRecord {
        jobs = List.copyOf(jobs);
        events = events.stream()
                .sorted(Comparator.comparingDouble(EventRecord::timeSeconds))
                .toList();
    }
}
