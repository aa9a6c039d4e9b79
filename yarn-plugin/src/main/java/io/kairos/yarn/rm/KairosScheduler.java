/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.api.records.SchedulingRequest;
import org.apache.hadoop.yarn.server.resourcemanager.RMContext;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainerEventType;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.Allocation;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ContainerUpdates;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ResourceUsage;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerApplicationAttempt;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.NodeFirstCapacityScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.ContainerAllocationProposal;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.ResourceCommitRequest;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.SchedulerContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeAddedSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeRemovedSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeUpdateSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.SchedulerEvent;
import org.apache.hadoop.yarn.util.resource.Resources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CapacityScheduler with the central tier of Kairos: queues, limits, labels and recovery stay stock; which node is filled next,
 * and how many tasks it takes at most, is decided here. An admin sets it as yarn.resourcemanager.scheduler.class.
 *
 * <p>Thread-safe, with the locks of the stock scheduler. The bound is held in {@link #tryCommit}, through which every
 * guaranteed container passes.
 */
public class KairosScheduler extends NodeFirstCapacityScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(KairosScheduler.class);

    private final CentralCounters counters = new CentralCounters();
    private final Signals signals = new Signals();
    private final TaskCount tasks = new TaskCount(this::attempt);
    private @Nullable CentralSettings settings;
    private volatile @Nullable ReportBook book;
    private volatile @Nullable ReportServer reportServer;
    private @Nullable PlacementThread placementThread;

    /** Containers committed so far; guarded by the scheduler's write lock. */
    private long commits;

    @Override
    public void serviceInit(Configuration configuration) throws Exception {
        CentralSettings read = CentralSettings.read(configuration);
        settings = read;
        book = new ReportBook(read.queueBound());
        StockSettings.impose(configuration);
        super.serviceInit(configuration);
        LOG.info("Kairos places tasks: {}; {}", read, StockSettings.describe(getConfiguration()));
    }

    @Override
    public void serviceStart() throws Exception {
        CentralSettings read = initialised(settings);
        ReportBook reports = initialised(book);
        ReportDesk desk = new ReportDesk(reports, id -> getNode(id) != null, signals, counters, System::nanoTime);
        reportServer = new ReportServer(getConfig(), read.reportHandlers(), desk::answer);
        super.serviceStart();
        NodeLoads loads = new NodeLoads(read.tieBreak(), read.seed(), this::view);
        PlacementThread thread =
                new PlacementThread(writeLock, signals, loads, new StockPlacer(), read.reportExpiry(), counters);
        placementThread = thread;
        thread.start();
    }

    @Override
    public void serviceStop() throws Exception {
        if (placementThread != null) {
            placementThread.stop();
        }
        @Nullable ReportServer listening = reportServer;
        if (listening != null) {
            listening.close();
        }
        if (settings != null) {
            super.serviceStop();
        }
    }

    @Override
    public void reinitialize(Configuration configuration, RMContext context, boolean validation) throws IOException {
        Configuration imposed = new Configuration(configuration);
        StockSettings.impose(imposed);
        super.reinitialize(imposed, context, validation);
        signals.retry();
    }

    @Override
    public void handle(SchedulerEvent event) {
        super.handle(event);
        switch (event.getType()) {
            case NODE_UPDATE ->
                signals.heard(((NodeUpdateSchedulerEvent) event).getRMNode().getNodeID(), anythingPending());
            case NODE_ADDED ->
                signals.freed(((NodeAddedSchedulerEvent) event).getAddedRMNode().getNodeID());
            case NODE_REMOVED -> {
                NodeId node =
                        ((NodeRemovedSchedulerEvent) event).getRemovedRMNode().getNodeID();
                initialised(book).forget(node);
                signals.freed(node);
            }
            case NODE_RESOURCE_UPDATE, NODE_LABELS_UPDATE ->
                signals.freed(
                        getAllNodes().stream().map(SchedulerNode::getNodeID).toList());
            default -> signals.retry();
        }
    }

    @Override
    public Allocation allocate(
            ApplicationAttemptId attempt,
            List<ResourceRequest> asks,
            @Nullable List<SchedulingRequest> schedulingRequests,
            List<ContainerId> releases,
            @Nullable List<String> blacklistAdditions,
            @Nullable List<String> blacklistRemovals,
            ContainerUpdates updates) {
        Allocation allocation = super.allocate(
                attempt, asks, schedulingRequests, releases, blacklistAdditions, blacklistRemovals, updates);
        // Most calls ask for nothing new: they are the AM's heartbeat.
        if (anythingPending()) {
            asks.forEach(this::tryNamedHost);
            if (!asks.isEmpty() || !isEmpty(schedulingRequests) || !isEmpty(blacklistRemovals)) {
                signals.retry();
            }
        }
        return allocation;
    }

    @Override
    protected void completedContainerInternal(
            RMContainer container, ContainerStatus status, RMContainerEventType event) {
        super.completedContainerInternal(container, status, event);
        // The caller may hold the read lock: only a note, never a pass.
        signals.freed(container.getContainer().getNodeId());
    }

    @Override
    public boolean attemptAllocationOnNode(
            SchedulerApplicationAttempt attempt, SchedulingRequest request, SchedulerNode node) {
        // The processor of placement constraints calls from a pool and without a lock: counting and committing must be
        // one.
        writeLock.lock();
        try {
            return super.attemptAllocationOnNode(attempt, request, node);
        } finally {
            writeLock.unlock();
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // as the stock scheduler declares it
    public boolean tryCommit(Resource cluster, ResourceCommitRequest request, boolean updatePending) {
        ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> proposal = request;
        @Nullable List<ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode>> allocations =
                proposal.getContainersToAllocate();
        if (allocations == null || allocations.isEmpty()) {
            return super.tryCommit(cluster, request, updatePending);
        }
        if (!allocations.stream().allMatch(this::isWithinBound)) {
            counters.boundRejections.increment();
            giveBack(proposal);
            return false;
        }
        boolean committed = super.tryCommit(cluster, request, updatePending);
        if (committed) {
            commits++;
            counters.placements.increment();
            allocations.forEach(allocation -> signals.changed(allocation
                    .getAllocatedOrReservedContainer()
                    .getSchedulerNode()
                    .getNodeID()));
        }
        return committed;
    }

    /** What the central tier has done. */
    public CentralCounters counters() {
        return counters;
    }

    /** Where load reports are taken; nothing while the scheduler is not running. */
    public Optional<InetSocketAddress> reportAddress() {
        return Optional.ofNullable(reportServer).map(ReportServer::address);
    }

    /** N and Q of a node as they are applied now: what it reported, or a stock node's vcores until its first report. */
    NodeCapacity capacity(SchedulerNode node) {
        return initialised(book)
                .latest(node.getNodeID())
                .map(ReportBook.Latest::capacity)
                .orElseGet(() ->
                        new NodeCapacity(Math.max(1, node.getTotalResource().getVirtualCores()), 0));
    }

    /** Whether the node may take what the attempt asks for now: its AM always, a task below the bound. */
    boolean mayTake(SchedulerNode node, ApplicationAttemptId attempt) {
        return tasks.on(node) < capacity(node).bound() || tasks.awaitsMaster(attempt);
    }

    /** Whether all that could be placed is placed: nothing happened since the placement thread last looked. */
    boolean isSettled() {
        return signals.isQuiet();
    }

    private boolean isWithinBound(ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode> allocation) {
        SchedulerContainer<FiCaSchedulerApp, FiCaSchedulerNode> added = allocation.getAllocatedOrReservedContainer();
        if (!tasks.isTask(added.getRmContainer())) {
            return true;
        }
        FiCaSchedulerNode node = added.getSchedulerNode();
        return tasks.on(node) - released(allocation, node) < capacity(node).bound();
    }

    /** Tasks that leave the node in the same proposal, to make room. */
    private int released(
            ContainerAllocationProposal<FiCaSchedulerApp, FiCaSchedulerNode> allocation, SchedulerNode node) {
        @Nullable List<SchedulerContainer<FiCaSchedulerApp, FiCaSchedulerNode>> releases = allocation.getToRelease();
        if (releases == null) {
            return 0;
        }
        List<RMContainer> present = node.getCopiedListOfRunningContainers();
        return (int) releases.stream()
                .map(SchedulerContainer::getRmContainer)
                .filter(container -> present.contains(container) && tasks.isTask(container))
                .count();
    }

    /** As the stock scheduler does at the end of a refused proposal; else the application's headroom would leak. */
    private void giveBack(ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> proposal) {
        ApplicationAttemptId id = proposal.getFirstAllocatedOrReservedContainer()
                .getAllocatedOrReservedContainer()
                .getSchedulerApplicationAttempt()
                .getApplicationAttemptId();
        @Nullable FiCaSchedulerApp application = getApplicationAttempt(id);
        if (application != null && id.equals(application.getApplicationAttemptId())) {
            application.decUnconfirmedRes(proposal.getTotalAllocatedResource());
        }
    }

    /** An ask bound to one host is lost among many nodes when it is only tried in order: it gets a try where it points. */
    private void tryNamedHost(ResourceRequest ask) {
        String name = ask.getResourceName();
        boolean isHost = !ResourceRequest.isAnyLocation(name) && !name.startsWith("/");
        if (isHost && ask.getNumContainers() > 0) {
            nodeTracker.getNodesByResourceName(name).forEach(node -> signals.heard(node.getNodeID(), true));
        }
    }

    /** Whether any application waits for a container, or holds a reservation that it may not need any more. */
    boolean anythingPending() {
        ResourceUsage usage = getRootQueue().getQueueResourceUsage();
        return !Resources.isNone(usage.getAllPending()) || !Resources.isNone(usage.getAllReserved());
    }

    private Optional<NodeLoads.View> view(NodeId id) {
        @Nullable FiCaSchedulerNode node = getNode(id);
        return node == null
                ? Optional.empty()
                : Optional.of(new NodeLoads.View(
                        node.getPartition(),
                        capacity(node),
                        tasks.on(node),
                        initialised(book).latest(id)));
    }

    private @Nullable SchedulerApplicationAttempt attempt(ApplicationAttemptId id) {
        return getApplicationAttempt(id);
    }

    private static boolean isEmpty(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }

    private static <T> T initialised(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the scheduler was not initialised");
        }
        return part;
    }

    /** Places through the stock scheduler; the caller holds the write lock. */
    private final class StockPlacer implements PlacementPass.Placer {
        @Override
        public boolean anythingPending() {
            return KairosScheduler.this.anythingPending();
        }

        @Override
        public boolean isUsable(NodeId node) {
            return KairosScheduler.this.isUsable(node);
        }

        @Override
        public boolean place(NodeId id) {
            @Nullable FiCaSchedulerNode node = getNode(id);
            if (node == null) {
                return false;
            }
            long before = commits;
            placeOn(node);
            return commits > before;
        }
    }
}
