/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.List;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.ContainerAllocationProposal;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.SchedulerContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.jspecify.annotations.Nullable;

/**
 * A container that the stock scheduler is about to commit, and what is known before it does.
 *
 * @param container whose id may change at the commit
 * @param isTask false for application masters and all else that takes no slot
 * @param tasks on the node before
 * @param bound the most tasks that the node takes
 */
record Planned(
        ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode> proposal,
        RMContainer container,
        FiCaSchedulerNode node,
        boolean isTask,
        int tasks,
        int bound) {

    /** Whose task it is; null if it is none. */
    @Nullable ApplicationId owner() {
        return isTask ? container.getApplicationAttemptId().getApplicationId() : null;
    }

    /** The containers of one proposal; the caller holds the scheduler's write lock. */
    static List<Planned> of(
            List<ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode>> allocations,
            TaskCount tasks,
            NodeBound bound) {
        if (allocations.size() == 1) { // nearly always
            return List.of(of(allocations.get(0), tasks, bound));
        }
        return allocations.stream()
                .map(allocation -> of(allocation, tasks, bound))
                .toList();
    }

    private static Planned of(
            ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode> allocation,
            TaskCount tasks,
            NodeBound bound) {
        SchedulerContainer<FiCaSchedulerApp, FiCaSchedulerNode> added = allocation.getAllocatedOrReservedContainer();
        RMContainer container = added.getRmContainer();
        FiCaSchedulerNode node = added.getSchedulerNode();
        return new Planned(
                allocation,
                container,
                node,
                tasks.isTask(container),
                tasks.on(node),
                bound.capacity(node).bound());
    }
}
