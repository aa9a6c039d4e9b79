/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.util.Map;

/**
 * What a node tells of its load. The policy sees attained service over weight, and so do mean, variance, least and most, which
 * compare nodes; what an application has attained is told as it is.
 *
 * @param running tasks that hold slots (launching or running)
 * @param paused paused tasks
 * @param held held tasks
 * @param meanNanos mean attained service over weight of all tasks of the node
 * @param varianceNanos2 population variance of it, nanoseconds squared
 * @param leastRunningNanos least attained service over weight among the running tasks, 0 when none runs
 * @param mostRunningNanos most attained service over weight among the running tasks, 0 when none runs
 * @param attainedNanosByApplication attained service of the tasks now on the node, by application
 */
public record ServiceSummary(
        int running,
        int paused,
        int held,
        double meanNanos,
        double varianceNanos2,
        long leastRunningNanos,
        long mostRunningNanos,
        Map<String, Long> attainedNanosByApplication) {
    public ServiceSummary {
        attainedNanosByApplication = Map.copyOf(attainedNanosByApplication);
    }

    /** The same with other attained service by application. */
    public ServiceSummary with(Map<String, Long> attainedNanos) {
        return new ServiceSummary(
                running, paused, held, meanNanos, varianceNanos2, leastRunningNanos, mostRunningNanos, attainedNanos);
    }
}
