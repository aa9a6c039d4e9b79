/* SPDX-License-Identifier: Apache-2.0 */
package org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.ResourceCommitRequest;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.placement.CandidateNodeSet;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.placement.SimpleCandidateNodeSet;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.policy.OrderingPolicy;
import org.apache.hadoop.yarn.server.scheduler.SchedulerRequestKey;
import org.apache.hadoop.yarn.util.resource.Resources;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Turns the stock scheduler's "a node reports, what may it take?" round: heartbeats keep all their bookkeeping and place
 * nothing, a subclass names the node and the stock scheduler decides what to put on it. It lives in this package because
 * what is to be overridden is package-private; nothing else is done here.
 */
@NullMarked
public abstract class NodeFirstCapacityScheduler extends CapacityScheduler {
    /** The thread that is proposing now, if any; it alone finds itself here. */
    private @Nullable Thread proposing;

    /** What it proposed. */
    private @Nullable ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> proposed;

    @Override
    public void serviceInit(Configuration configuration) throws Exception {
        super.serviceInit(configuration);
        setAsyncSchedulingConf(new HeartbeatScheduling(getConfiguration(), this, this::choosesNodes));
    }

    @Override
    @Nullable CSAssignment allocateContainersToNode(CandidateNodeSet<FiCaSchedulerNode> candidates, boolean withNodeHeartbeat) {
        if (!choosesNodes()) {
            return super.allocateContainersToNode(candidates, withNodeHeartbeat);
        }
        return withNodeHeartbeat ? null : super.allocateContainersToNode(candidates, false);
    }

    /** Whether a subclass names the nodes; if not, heartbeats place as in the stock scheduler. May change at any time. */
    protected abstract boolean choosesNodes();

    /**
     * Asks the stock scheduler what it would put on the node, one container at most; nothing is committed. The caller needs no lock,
     * as little as the threads of the stock asynchronous mode do: what is proposed is looked at again when it is committed. For one
     * thread alone. A reservation that is wanted and has no room yet is left as it is: the stock scheduler would reserve
     * it anew, and lets an application that did so often reserve ever more nodes.
     *
     * @return null if nothing
     */
    protected final @Nullable ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> proposeOn(
            FiCaSchedulerNode node) {
        if (hasReservationInWaiting(node)) {
            return null;
        }
        proposed = null;
        proposing = Thread.currentThread();
        try {
            allocateContainersToNode(new SimpleCandidateNodeSet<>(node), false);
            return proposed;
        } finally {
            proposing = null;
        }
    }

    @Override
    public void submitResourceCommitRequest(Resource cluster, CSAssignment assignment) {
        @Nullable ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> request = createResourceCommitRequest(assignment);
        if (Thread.currentThread() == proposing) {
            proposed = request;
        } else if (request != null) {
            // Not left to another thread, whatever mode the stock scheduler believes to be in.
            tryCommit(cluster, request, true);
        }
    }

    private boolean hasReservationInWaiting(FiCaSchedulerNode node) {
        @Nullable RMContainer reserved = node.getReservedContainer();
        if (reserved == null || reserved.getReservedSchedulerKey().getContainerToUpdate() != null) {
            return false;
        }
        SchedulerRequestKey key = reserved.getReservedSchedulerKey();
        @Nullable FiCaSchedulerApp application = getApplicationAttempt(reserved.getApplicationAttemptId());
        return application != null
                && application.getOutstandingAsksCount(key) >= application.getNumReservedContainers(key)
                && !Resources.fitsIn(
                        getResourceCalculator(),
                        application.getPendingAsk(key, ResourceRequest.ANY).getPerAllocationResource(),
                        roomOn(node));
    }

    /**
     * Has each leaf queue order its applications so. What is set here lasts until the queues are read anew, and queues may come by
     * themselves, so this is to be called again and again.
     *
     * @param isRight whether a queue's order is to stay
     * @param orders makes one for each of the others
     */
    protected final void orderApplications(
            Predicate<OrderingPolicy<FiCaSchedulerApp>> isRight, Supplier<OrderingPolicy<FiCaSchedulerApp>> orders) {
        List<AbstractLeafQueue> others = leafQueues()
                .filter(queue -> !isRight.test(queue.getOrderingPolicy()))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        writeLock.lock(); // the queues are read anew under it, and what is right then may be something else
        try {
            for (AbstractLeafQueue queue : others) {
                if (!isRight.test(queue.getOrderingPolicy())) {
                    queue.setOrderingPolicy(orders.get());
                }
            }
        } finally {
            writeLock.unlock();
        }
    }

    private Stream<AbstractLeafQueue> leafQueues() {
        Collection<CSQueue> queues;
        readLock.lock(); // queues may be made by themselves
        try {
            queues = new ArrayList<>(
                    getCapacitySchedulerQueueManager().getQueues().values());
        } finally {
            readLock.unlock();
        }
        return queues.stream().filter(AbstractLeafQueue.class::isInstance).map(AbstractLeafQueue.class::cast);
    }

    /** Whether the stock scheduler might place on the node: it is running, its heartbeats are recent, and nothing is reserved there. */
    protected boolean isUsable(FiCaSchedulerNode node) {
        return node.getReservedContainer() == null && !shouldSkipNodeSchedule(node, this, false);
    }

    /** Whether the smallest container there may be would fit on the node, if need be in the place of some that may be killed. */
    protected final boolean hasRoom(FiCaSchedulerNode node) {
        return hasRoom(node.getUnallocatedResource()) || hasRoom(roomOn(node));
    }

    private static Resource roomOn(FiCaSchedulerNode node) {
        return Resources.add(node.getUnallocatedResource(), node.getTotalKillableResources());
    }

    private boolean hasRoom(Resource room) {
        // Not getMinimumAllocation(), which writes a line to the log each time it is asked.
        return getResourceCalculator().computeAvailableContainers(room, getMinimumResourceCapability()) > 0;
    }
}
