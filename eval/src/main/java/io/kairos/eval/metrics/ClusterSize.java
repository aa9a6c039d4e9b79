/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import org.jspecify.annotations.Nullable;

/**
 * How large a cluster is.
 *
 * @param nodes number of nodes
 * @param capacity service that all of them do a second: their slots, each times its speed
 * @param slotsPerNode N, tasks that run at a time on each; null where nodes differ
 */
public record ClusterSize(int nodes, double capacity, @Nullable Integer slotsPerNode) {
    /** A cluster of nodes that are alike. */
    public static ClusterSize alike(int nodes, int slotsPerNode) {
        return new ClusterSize(nodes, Math.multiplyExact(nodes, slotsPerNode), slotsPerNode);
    }
}
