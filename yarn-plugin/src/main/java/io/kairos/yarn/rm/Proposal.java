/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.ContainerAllocationProposal;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.ResourceCommitRequest;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.SchedulerContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.jspecify.annotations.Nullable;

/**
 * What the stock scheduler wants to commit; it was thought out without the scheduler's lock, so not all of it need be true any more.
 *
 * @param allocations containers to allocate; none where something is only reserved or released
 * @param reservations containers to reserve
 */
record Proposal(
        ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> request,
        List<ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode>> allocations,
        List<ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode>> reservations) {

    @SuppressWarnings({"rawtypes", "unchecked"}) // as the stock scheduler declares it
    static Proposal of(ResourceCommitRequest request) {
        ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> typed = request;
        return new Proposal(typed, orNone(typed.getContainersToAllocate()), orNone(typed.getContainersToReserve()));
    }

    /** Whether all that it does is to allocate a container. */
    boolean isPlain() {
        return !allocations.isEmpty()
                && reservations.isEmpty()
                && orNone(request.getContainersToRelease()).isEmpty()
                && allocations.get(0).getAllocateFromReservedContainer() == null;
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /**
     * Whether its nodes are those that the scheduler has now, each with the label it had. The stock scheduler asks neither at a commit: a
     * node that left and joined meanwhile would hold a container that nobody counts, and a label that changed would keep its
     * share in use for ever.
     *
     * @param nodes the scheduler's nodes; the caller holds its write lock
     */
    boolean isOf(Function<NodeId, @Nullable FiCaSchedulerNode> nodes) {
        return areOf(allocations, nodes) && areOf(reservations, nodes);
    }

    private static boolean areOf(
            List<ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode>> proposed,
            Function<NodeId, @Nullable FiCaSchedulerNode> nodes) {
        for (ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode> one : proposed) {
            if (!isOf(one.getAllocatedOrReservedContainer(), nodes)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOf(
            SchedulerContainer<FiCaSchedulerApp, FiCaSchedulerNode> container,
            Function<NodeId, @Nullable FiCaSchedulerNode> nodes) {
        FiCaSchedulerNode node = container.getSchedulerNode();
        return nodes.apply(node.getNodeID()) == node
                && container.getNodePartition().equals(node.getPartition());
    }

    /** As the stock scheduler does at the end of a refused proposal; else the application's headroom would leak. */
    void giveBack(Function<ApplicationAttemptId, @Nullable FiCaSchedulerApp> applications) {
        if (allocations.isEmpty()) {
            return; // only what is to be allocated was taken off it
        }
        ApplicationAttemptId id = request.getFirstAllocatedOrReservedContainer()
                .getAllocatedOrReservedContainer()
                .getSchedulerApplicationAttempt()
                .getApplicationAttemptId();
        @Nullable FiCaSchedulerApp application = applications.apply(id);
        if (application != null && id.equals(application.getApplicationAttemptId())) {
            application.decUnconfirmedRes(request.getTotalAllocatedResource());
        }
    }
}
