/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * What a node last said of the attained service of its tasks. Soft state: it only breaks ties, the counts that bind come
 * from the placements themselves. Immutable, so thread-safe.
 *
 * @param tasks tasks on the node, running, paused and held
 * @param mean mean attained service of these tasks, seconds
 * @param variance population variance of their attained service, seconds squared
 * @param leastRunning least attained service among the running tasks, seconds; 0 when none runs
 * @param mostRunning most attained service among the running tasks, seconds; 0 when none runs
 */
public record ServiceReport(int tasks, double mean, double variance, double leastRunning, double mostRunning) {
    /** Far above any measurement, and small enough that the sums over all nodes stay finite. */
    private static final double MOST = 1e100;

    /** @throws IllegalArgumentException for a number that is negative, above 1e100 or not a number */
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
        // Asked this way round, so that NaN fails too.
        if (!(value >= 0 && value <= MOST)) {
            throw new IllegalArgumentException(name + " must be from 0 to " + MOST + ", was " + value);
        }
    }
}
