/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * What a node last said of the attained service of its tasks. Soft state: it only breaks ties, the counts that bind come
 * from the placements themselves.
 *
 * @param tasks tasks on the node, running, paused and held
 * @param mean mean attained service of these tasks, seconds
 * @param variance population variance of their attained service, seconds squared
 * @param leastRunning least attained service among the running tasks, seconds; 0 when none runs
 * @param mostRunning most attained service among the running tasks, seconds; 0 when none runs
 */
public record ServiceReport(int tasks, double mean, double variance, double leastRunning, double mostRunning) {
    public ServiceReport {
        if (tasks < 0) {
            throw new IllegalArgumentException("tasks must not be negative, was " + tasks);
        }
        requireAmount("mean", mean);
        requireAmount("variance", variance);
        requireAmount("leastRunning", leastRunning);
        requireAmount("mostRunning", mostRunning);
    }

    private static void requireAmount(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be finite and not negative, was " + value);
        }
    }
}
