/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.metrics.ClusterSize;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunCosts;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.workloads.mix.JobTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run runs on and under; as in {@link RunRecord}.
 *
 * @param scheduler its name
 * @param nodes NodeManagers
 * @param slots N, tasks that each runs at a time
 * @param queueBound null for a scheduler that has none
 * @param quantumSeconds null for a scheduler that has none
 * @param pauser null for a scheduler that pauses none
 * @param containerRuntime default or docker
 */
public record RunTerms(
        String scheduler,
        long seed,
        int nodes,
        int slots,
        @Nullable Integer queueBound,
        @Nullable Double quantumSeconds,
        @Nullable String pauser,
        String containerRuntime) {
    /** Whether nodes hold and pause tasks. */
    public boolean pauses() {
        return queueBound != null;
    }

    /** A job on these nodes, in words: what it takes there says nothing of another job or other nodes. */
    public String aloneOf(JobTemplate job) {
        return nodes + " nodes of " + slots + " slots, " + containerRuntime + ": " + job.framework() + " "
                + String.join(" ", job.options()) + " " + String.join(" ", job.job());
    }

    RunRecord record(List<JobRecord> jobs, List<EventRecord> events, TaskCounts tasks, RunCosts costs) {
        return new RunRecord(
                scheduler,
                seed,
                ClusterSize.alike(nodes, slots),
                queueBound,
                quantumSeconds,
                pauser,
                containerRuntime,
                jobs,
                events,
                tasks,
                costs);
    }
}
