/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a policy, put together for one run.
 *
 * @param cluster the nodes that may fail; null for a policy that knows none
 */
record Assembly(Scheduler scheduler, @Nullable Cluster cluster) {
    /** Of a policy that has other nodes, or none. */
    static Assembly of(Scheduler scheduler) {
        return new Assembly(scheduler, null);
    }

    Cluster failingCluster() {
        if (cluster == null) {
            throw new IllegalStateException("nodes cannot fail under this policy");
        }
        return cluster;
    }
}
