/* SPDX-License-Identifier: Apache-2.0 */
package org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity;

import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.placement.CandidateNodeSet;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.placement.SimpleCandidateNodeSet;
import org.apache.hadoop.yarn.util.resource.Resources;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Turns the stock scheduler's "a node reports, what may it take?" round: heartbeats keep all their bookkeeping and place
 * nothing, a subclass names the node and the stock scheduler decides what to put on it. It lives in this package because the one
 * method to override is package-private; nothing else is done here.
 */
@NullMarked
public abstract class NodeFirstCapacityScheduler extends CapacityScheduler {
    @Override
    @Nullable CSAssignment allocateContainersToNode(CandidateNodeSet<FiCaSchedulerNode> candidates, boolean withNodeHeartbeat) {
        return withNodeHeartbeat ? null : super.allocateContainersToNode(candidates, false);
    }

    /** Lets the stock scheduler put at most one container on the node. The caller holds the scheduler's write lock. */
    protected final void placeOn(FiCaSchedulerNode node) {
        allocateContainersToNode(new SimpleCandidateNodeSet<>(node), false);
    }

    /** Whether the stock scheduler might place on the node: it is running, its heartbeats are recent, and it is not full. */
    protected boolean isUsable(NodeId id) {
        @Nullable FiCaSchedulerNode node = getNode(id);
        return node != null
                && node.getReservedContainer() == null
                && !shouldSkipNodeSchedule(node, this, false)
                && getResourceCalculator().computeAvailableContainers(roomOn(node), getMinimumAllocation()) > 0;
    }

    private static Resource roomOn(FiCaSchedulerNode node) {
        return Resources.add(node.getUnallocatedResource(), node.getTotalKillableResources());
    }
}
