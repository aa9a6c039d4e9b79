/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run, as results.json holds them. Times in seconds. What a run cannot know is null and absent from the
 * file, never 0. What is not explained here is as in {@link RunRecord}.
 *
 * @param utilisation share of the slots' time, from the first submission to the end of the last job, that went into service
 * @param classes by the class's label; a class without jobs is absent
 * @param pausedSeconds time that tasks spent paused, summed over the tasks
 * @param shortTasksBehindLong as in {@link RunCounts}
 */
public record RunSummary(
        String scheduler,
        long seed,
        int nodes,
        @Nullable Integer slotsPerNode,
        @Nullable Integer queueBound,
        @Nullable Double quantumSeconds,
        @Nullable String pauser,
        @Nullable String containerRuntime,
        @Nullable Double utilisation,
        @Nullable Distribution completionTime,
        @Nullable Distribution slowdown,
        Map<String, ClassSummary> classes,
        TaskCounts tasks,
        @Nullable Long placements,
        @Nullable Long preemptions,
        @Nullable Double pausedSeconds,
        @Nullable Long shortTasksBehindLong,
        @Nullable Double wastedServiceSeconds,
        @Nullable Double wallSeconds,
        @Nullable Long events,
        @Nullable Double eventsPerSecond,
        @Nullable Long peakMemoryMb) {}
