/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import io.kairos.workloads.model.Workload;
import org.jspecify.annotations.Nullable;

/**
 * The workload every run of a comparison had.
 *
 * @param seed the generator's seed; null for a trace
 * @param serviceSeconds work of all tasks together
 */
public record WorkloadSummary(String name, int jobs, int tasks, @Nullable Long seed, double serviceSeconds) {
    /** @param seed as above */
    public static WorkloadSummary of(Workload workload, @Nullable Long seed) {
        return new WorkloadSummary(
                workload.name(), workload.jobs().size(), workload.taskCount(), seed, workload.serviceSeconds());
    }
}
