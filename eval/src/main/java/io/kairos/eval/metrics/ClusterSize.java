/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import org.jspecify.annotations.Nullable;

/**
 * How large a cluster is.
 *
 * @param nodes number of nodes
 * @param slots tasks that run at a time on all of them
 * @param slotsPerNode N, tasks that run at a time on each; null where nodes differ
 */
public record ClusterSize(int nodes, int slots, @Nullable Integer slotsPerNode) {
    /** A cluster of nodes that are alike. */
    public static ClusterSize alike(int nodes, int slotsPerNode) {
        return new ClusterSize(nodes, Math.multiplyExact(nodes, slotsPerNode), slotsPerNode);
    }
}
