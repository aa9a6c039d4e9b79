/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import org.jspecify.annotations.Nullable;

/**
 * What a real job of Spark or MapReduce met on its way. What it did not tell is null.
 *
 * @param job its id in the workload
 * @param name of what it is
 * @param exitStatus of its client
 * @param result what it computed, in its own words
 * @param rightResult whether it ended well, and with the result that it has on an idle cluster
 * @param tasks that succeeded
 * @param failedTasks attempts at tasks that failed
 * @param lostContainers executors lost, or attempts of MapReduce that were killed
 * @param stagesAgain stages that were run once more
 * @param fetchFailures shuffle blocks that could not be fetched
 * @param speculativeTasks attempts at tasks begun because another one was slow
 * @param mostPauses of one of its containers
 * @param longestPauseSeconds of one of its containers, without a break but for pulses
 */
public record ApplicationRecord(
        String job,
        String name,
        int exitStatus,
        @Nullable String result,
        boolean rightResult,
        @Nullable Integer tasks,
        @Nullable Integer failedTasks,
        @Nullable Integer lostContainers,
        @Nullable Integer stagesAgain,
        @Nullable Integer fetchFailures,
        @Nullable Integer speculativeTasks,
        @Nullable Integer mostPauses,
        @Nullable Double longestPauseSeconds) {
    /** Whether nothing went wrong that a pause could have caused. */
    public boolean isUnharmed() {
        return rightResult && none(failedTasks) && none(lostContainers) && none(stagesAgain) && none(fetchFailures);
    }

    private static boolean none(@Nullable Integer count) {
        return count == null || count == 0;
    }
}
