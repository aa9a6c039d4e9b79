/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.conf.Policy;
import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.protocol.ApplicationTerms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.api.records.SchedulingRequest;
import org.apache.hadoop.yarn.server.resourcemanager.RMContext;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.attempt.RMAppAttempt;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainerEventType;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.Allocation;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ContainerUpdates;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ResourceUsage;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerApplication;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerApplicationAttempt;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CSQueue;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacitySchedulerConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.NodeFirstCapacityScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.ResourceCommitRequest;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.ContainerPreemptEvent;
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
    /** The name of the thread that places. */
    public static final String PLACEMENT_THREAD = PlacementThread.NAME;

    /**
     * Committed in a row, their events reach the ResourceManager's dispatcher while it is awake: to wake it took a quarter of a placement.
     * More than a few would hold the scheduler's own order of queues and applications back.
     */
    private static final int MOST_PROPOSALS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(KairosScheduler.class);

    private final CentralCounters counters = new CentralCounters();
    private final TaskCount tasks = new TaskCount(this::attempt, this::masterOf);
    private final NodesByName named = new NodesByName();
    private final Signals signals = new Signals(named);
    private final NodeBound bound = new NodeBound(tasks, this::latest);
    private final ReportedLoads reported = new ReportedLoads();
    private final CentralSight sight = new CentralSight(this, tasks, counters, reported);
    private volatile @Nullable CentralSettings settings;
    private final JobAware jobs = new JobAware(
            this::isJobAware,
            reported::all,
            () -> applications.keySet(),
            this::newestAttempt,
            new JobTasks(this::masterOf),
            () -> initialised(settings).patience(),
            this::ordered);
    private volatile QueueTerms queueTerms = QueueTerms.read(new Configuration(false));

    /** The ResourceManager's configuration as it was when it started. */
    private @Nullable Configuration atStart;

    private volatile @Nullable ReportBook book;
    private volatile @Nullable ReportServer reportServer;
    private volatile @Nullable PlacementThread<FiCaSchedulerNode> placementThread;

    /** Containers that the placement thread committed so far; its own. */
    private long commits;

    @Override
    public void serviceInit(Configuration configuration) throws Exception {
        CentralSettings read = CentralSettings.read(configuration);
        settings = read;
        book = new ReportBook(read.queueBound(), read.reportExpiry(), System::currentTimeMillis);
        atStart = new Configuration(configuration);
        StockSettings.impose(configuration, read.mode());
        super.serviceInit(configuration);
        queueTerms = QueueTerms.read(getConfiguration());
        LOG.info("Kairos places tasks: {}; {}", read, StockSettings.describe(getConfiguration()));
    }

    @Override
    public void serviceStart() throws Exception {
        CentralSettings read = initialised(settings);
        ReportBook reports = book();
        ReportDesk desk = new ReportDesk(
                reports,
                id -> getNode(id) != null,
                signals,
                counters,
                System::nanoTime,
                this::mode,
                this::terms,
                jobs::keyOnNodes);
        reportServer = new ReportServer(getConfig(), read.reportHandlers(), sight.watching(reports, desk::answer));
        super.serviceStart();
        NodeLoads<FiCaSchedulerNode> loads = new NodeLoads<>(
                () -> initialised(settings).ordering(), id -> Optional.ofNullable(getNode(id)), this::view, jobs);
        sight.open(reports, () -> initialised(settings));
        PlacementThread<FiCaSchedulerNode> thread = new PlacementThread<>(
                signals,
                loads,
                () -> choosesNodes() && anythingPending(),
                new StockPlacer(loads),
                tasks::forgetAll,
                read.reportExpiry(),
                counters);
        placementThread = thread;
        thread.start();
        jobs.start(read.reportInterval());
    }

    @Override
    public void serviceStop() throws Exception {
        sight.close();
        jobs.close();
        @Nullable ReportServer listening = reportServer;
        if (listening != null) {
            listening.close();
        }
        try {
            @Nullable PlacementThread<FiCaSchedulerNode> thread = placementThread;
            if (thread != null) {
                thread.stop();
            }
        } finally {
            if (settings != null) {
                super.serviceStop();
            }
        }
    }

    @Override
    public void reinitialize(Configuration configuration, @Nullable RMContext context, boolean validation)
            throws IOException {
        Configuration site = Refresh.site(initialised(atStart), context);
        CentralSettings fresh;
        QueueTerms terms;
        Configuration imposed = new Configuration(configuration);
        try {
            fresh = CentralSettings.read(site);
            StockSettings.impose(imposed, fresh.mode());
            terms = QueueTerms.read(
                    validation
                            ? new CapacitySchedulerConfiguration(imposed, false)
                            : Refresh.queues(getCsConfProvider(), imposed));
        } catch (SettingException bad) {
            throw Refresh.refused(bad);
        }
        writeLock.lock();
        try {
            // The stock scheduler takes its own part back if that is bad; ours is good and follows only then.
            super.reinitialize(imposed, context, validation);
            if (!validation) {
                apply(fresh, terms, CentralSettings.restartFor(initialised(atStart), site));
            }
        } finally {
            writeLock.unlock();
        }
        refreshAccessList(validation);
        signals.freed(nodeIds());
    }

    private void apply(CentralSettings fresh, QueueTerms terms, List<String> restartFor) {
        CentralSettings before = initialised(settings);
        CentralSettings after = before.refreshedBy(fresh);
        settings = after;
        queueTerms = terms;
        book().defaultQueueBound(after.queueBound());
        orderQueues();
        LOG.info(
                "Kairos after the refresh: {}{}; {}",
                after,
                after.equals(before) ? ", as before" : "",
                StockSettings.describe(getConfiguration()));
        if (!restartFor.isEmpty()) {
            LOG.warn("Changed, but these take a restart of the ResourceManager: {}", String.join(", ", restartFor));
        }
    }

    @Override
    public void handle(SchedulerEvent event) {
        if (event instanceof NodeUpdateSchedulerEvent heartbeat) {
            handle(heartbeat);
            return;
        }
        super.handle(event);
        switch (event.getType()) {
            case NODE_ADDED -> {
                NodeId node = ((NodeAddedSchedulerEvent) event).getAddedRMNode().getNodeID();
                @Nullable FiCaSchedulerNode added = getNode(node);
                if (added != null) {
                    named.joined(added.getNodeName(), node);
                }
                signals.freed(node);
            }
            case NODE_REMOVED -> {
                NodeId node =
                        ((NodeRemovedSchedulerEvent) event).getRemovedRMNode().getNodeID();
                book().forget(node, System.nanoTime());
                tasks.forget(node);
                sight.forget(node);
                named.left(node);
                signals.freed(node);
            }
            case NODE_RESOURCE_UPDATE, NODE_LABELS_UPDATE -> signals.freed(nodeIds());
            // What may be killed counts as room.
            case MARK_CONTAINER_FOR_KILLABLE -> signals.freed(nodeOf((ContainerPreemptEvent) event));
            case MARK_CONTAINER_FOR_NONKILLABLE -> signals.changed(nodeOf((ContainerPreemptEvent) event));
            default -> signals.retry();
        }
    }

    /**
     * Most heartbeats bring nothing. A released container stays with its node until a heartbeat says that it has ended, and then only the
     * number of the node's containers tells of that; where one more was committed meanwhile, the look at all nodes each second does.
     */
    private void handle(NodeUpdateSchedulerEvent heartbeat) {
        NodeId id = heartbeat.getRMNode().getNodeID();
        @Nullable FiCaSchedulerNode node = getNode(id);
        int before = node == null ? 0 : node.getNumContainers();
        super.handle(heartbeat);
        if (anythingPending() || node != null && node.getNumContainers() != before) {
            signals.heard(id);
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
        List<Signals.HostAsk> hosts = choosesNodes() ? Signals.HostAsk.among(asks) : List.of();
        if (!hosts.isEmpty()) {
            signals.asking(attempt);
        }
        Allocation allocation;
        try {
            allocation = super.allocate(
                    attempt, asks, schedulingRequests, releases, blacklistAdditions, blacklistRemovals, updates);
        } finally {
            if (!hosts.isEmpty()) {
                signals.asked(attempt, hosts);
            }
        }
        recount(allocation.getPromotedContainers());
        recount(allocation.getDemotedContainers());
        // Most calls ask for nothing new: they are the AM's heartbeat.
        if (!asks.isEmpty() || !isEmpty(schedulingRequests) || !isEmpty(blacklistRemovals)) {
            signals.retry();
        }
        return allocation;
    }

    @Override
    protected void completedContainerInternal(
            RMContainer container, ContainerStatus status, RMContainerEventType event) {
        super.completedContainerInternal(container, status, event);
        // Only a note: the caller may hold any lock.
        NodeId node = container.getContainer().getNodeId();
        tasks.forget(node);
        signals.freed(node);
    }

    @Override
    public boolean attemptAllocationOnNode(
            SchedulerApplicationAttempt attempt, SchedulingRequest request, SchedulerNode node) {
        // The processor of placement constraints calls from a pool: its look at the constraint is one with the commit.
        writeLock.lock();
        try {
            return super.attemptAllocationOnNode(attempt, request, node);
        } finally {
            writeLock.unlock();
        }
    }

    /**
     * Whoever proposes a container needs no lock; looking at what it is to be put on, and committing it, are one.
     *
     * @param request nothing where the node is gone that a constraint chose
     */
    @Override
    @SuppressWarnings("rawtypes") // as the stock scheduler declares it
    public boolean tryCommit(Resource cluster, @Nullable ResourceCommitRequest request, boolean updatePending) {
        if (request == null) {
            return false;
        }
        Proposal proposal = Proposal.of(request);
        writeLock.lock();
        try {
            List<Planned> planned = Planned.of(proposal.allocations(), tasks, bound);
            if (!proposal.isOf(this::getNode) || !isBounded(planned)) {
                proposal.giveBack(this::getApplicationAttempt);
                return false;
            }
            boolean committed = super.tryCommit(cluster, request, updatePending);
            if (committed) {
                planned.forEach(this::committed);
            }
            return committed;
        } finally {
            writeLock.unlock();
        }
    }

    private boolean isBounded(List<Planned> planned) {
        boolean bounded = !choosesNodes() || bound.holdsAfter(planned);
        if (!bounded) {
            counters.boundRejections.increment();
        }
        return bounded;
    }

    private void committed(Planned planned) {
        @Nullable PlacementThread<FiCaSchedulerNode> thread = placementThread;
        boolean placing = thread != null && thread.isCurrent();
        counters.placements.increment();
        sight.placed(planned, placing);
        tasks.committed(planned.node(), planned.tasks(), planned.owner());
        if (placing) {
            commits++; // it counts the node anew when it has done
        } else {
            signals.changed(planned.node().getNodeID());
        }
    }

    @Override
    protected boolean choosesNodes() {
        return mode() != Mode.OFF;
    }

    /** The order of applications is another. */
    private void ordered() {
        orderQueues();
        signals.retry();
    }

    private void orderQueues() {
        orderApplications(jobs::isOrdered, jobs::newOrder);
    }

    private boolean isJobAware() {
        @Nullable CentralSettings read = settings;
        return read != null && read.isJobAware();
    }

    private @Nullable FiCaSchedulerApp newestAttempt(ApplicationId id) {
        @Nullable SchedulerApplication<FiCaSchedulerApp> application = applications.get(id);
        return application == null ? null : application.getCurrentAppAttempt();
    }

    /** What is in force now; nothing is before the scheduler is initialised. */
    public Mode mode() {
        @Nullable CentralSettings read = settings;
        return read == null ? Mode.OFF : read.mode();
    }

    /**
     * Hears of each try of the placement thread, for whoever measures; that thread calls it, so this must be short.
     *
     * @param placed whether a container was placed
     * @param nanos what the try took, from the choice of the node to its new count
     */
    protected void decided(boolean placed, long nanos) {}

    /** How many placements may be thought out before they are committed. */
    int mostProposals() {
        return MOST_PROPOSALS;
    }

    /** What the central tier has done. */
    public CentralCounters counters() {
        return counters;
    }

    /** Where load reports are taken; nothing while the scheduler is not running. */
    public Optional<InetSocketAddress> reportAddress() {
        return Optional.ofNullable(reportServer).map(ReportServer::address);
    }

    /** What orders tasks now; the published one does before the scheduler is initialised. */
    public Policy policy() {
        @Nullable CentralSettings read = settings;
        return read == null ? Policy.KAIROS : read.policy();
    }

    /** The job-aware policy, in force or not. */
    JobAware jobs() {
        return jobs;
    }

    /** N and Q of a node as they are applied now. */
    NodeCapacity capacity(SchedulerNode node) {
        return bound.capacity(node);
    }

    /** Whether the node may take what the attempt asks for now. */
    boolean mayTake(SchedulerNode node, ApplicationAttemptId attempt) {
        return !choosesNodes()
                || !signals.isAsking(attempt)
                        && bound.mayTake(node, attempt)
                        && jobs.mayTake(getApplicationAttempt(attempt));
    }

    /** Whether all that could be placed is placed, and nothing was noted since; if not, the placement thread comes by at once. */
    boolean settle() {
        @Nullable PlacementThread<FiCaSchedulerNode> thread = placementThread;
        if (thread == null || thread.isSettled()) {
            return thread != null;
        }
        thread.hurry();
        return false;
    }

    /** Hadoop tells its own servers alone when hadoop-policy.xml is to be read anew. */
    private void refreshAccessList(boolean validation) {
        @Nullable ReportServer listening = reportServer;
        if (listening == null || validation) {
            return;
        }
        try {
            listening.refreshAccessList(getConfig());
        } catch (RuntimeException e) {
            LOG.error(
                    "hadoop-policy.xml is not taken, who may report stays as it was: {}",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString()));
        }
    }

    /** A container that changed its kind is or is no more a task, and its node has as many containers as before. */
    private void recount(@Nullable List<Container> changed) {
        if (changed != null) {
            for (Container container : changed) {
                tasks.forget(container.getNodeId());
                signals.freed(container.getNodeId());
            }
        }
    }

    /** Whether any application waits for a container, or holds a reservation that it may not need any more. */
    boolean anythingPending() {
        ResourceUsage usage = getRootQueue().getQueueResourceUsage();
        // The usual case first: a sum over all labels is a new object each time.
        if (usage.getPending().getMemorySize() > 0) {
            return true;
        }
        return !Resources.isNone(usage.getAllPending()) || !Resources.isNone(usage.getAllReserved());
    }

    private NodeLoads.View view(FiCaSchedulerNode node) {
        Optional<ReportBook.Latest> report = latest(node.getNodeID());
        return new NodeLoads.View(
                node.getPartition(), NodeBound.capacity(node, report), tasks.owners(node), hasRoom(node), report);
    }

    /** Called by the IPC handlers: reads what the stock scheduler and the ResourceManager keep in concurrent maps. */
    private Optional<ApplicationTerms> terms(ApplicationId id) {
        @Nullable SchedulerApplication<FiCaSchedulerApp> application = applications.get(id);
        @Nullable RMApp submitted = rmContext.getRMApps().get(id);
        if (application == null || submitted == null || !(application.getQueue() instanceof CSQueue queue)) {
            return Optional.empty();
        }
        return Optional.of(queueTerms.of(queue.getQueuePath(), submitted.getApplicationTags()));
    }

    private static NodeId nodeOf(ContainerPreemptEvent event) {
        return event.getContainer().getAllocatedNode();
    }

    private List<NodeId> nodeIds() {
        return getAllNodes().stream().map(SchedulerNode::getNodeID).toList();
    }

    private @Nullable SchedulerApplicationAttempt attempt(ApplicationAttemptId id) {
        return getApplicationAttempt(id);
    }

    /** Asks for no lock: whoever counts may hold the application's own. An older attempt's master was marked long ago. */
    private @Nullable ContainerId masterOf(ApplicationAttemptId id) {
        @Nullable RMApp application = rmContext == null ? null : rmContext.getRMApps().get(id.getApplicationId());
        @Nullable RMAppAttempt attempt = application == null ? null : application.getCurrentAppAttempt();
        @Nullable Container master =
                attempt == null || !attempt.getAppAttemptId().equals(id) ? null : attempt.getMasterContainer();
        return master == null ? null : master.getId();
    }

    /** What the node said last; nobody has said anything before the scheduler is initialised. */
    private Optional<ReportBook.Latest> latest(NodeId node) {
        @Nullable ReportBook reports = book;
        return reports == null ? Optional.empty() : reports.latest(node);
    }

    private ReportBook book() {
        return initialised(book);
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

    /** Places through the stock scheduler. */
    private final class StockPlacer implements PlacementPass.Placer<FiCaSchedulerNode> {
        private final NodeLoads<FiCaSchedulerNode> loads;
        private final Queue<Waiting> proposals = new ArrayDeque<>();
        private @Nullable ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> sought;

        /**
         * What is proposed and not committed yet.
         *
         * @param standing of the node when it was chosen
         * @param named whether asks name it
         */
        private record Waiting(
                ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> request,
                NodeLoads.Standing standing,
                boolean named) {}

        /** @param loads as the placement thread sees them, which alone calls this */
        StockPlacer(NodeLoads<FiCaSchedulerNode> loads) {
            this.loads = loads;
        }

        @Override
        public boolean isUsable(RankedNode<FiCaSchedulerNode> node) {
            return KairosScheduler.this.isUsable(node.node());
        }

        @Override
        public int mostProposals() {
            return KairosScheduler.this.mostProposals();
        }

        @Override
        public PlacementPass.Proposed propose(RankedNode<FiCaSchedulerNode> node, boolean named) {
            boolean nobodyShares = jobs.seek(loads.victimWorkLeft(node), () -> sought = proposeOn(node.node()));
            @Nullable ResourceCommitRequest<FiCaSchedulerApp, FiCaSchedulerNode> request = sought;
            if (request == null) {
                return nobodyShares ? PlacementPass.Proposed.NOBODY_SHARES : PlacementPass.Proposed.NOTHING;
            }
            Proposal proposal = Proposal.of(request);
            proposals.add(new Waiting(request, loads.standing(node), named));
            return proposal.isPlain() ? PlacementPass.Proposed.ONE_MORE : PlacementPass.Proposed.OTHER;
        }

        @Override
        public boolean commit() {
            Waiting next = proposals.remove();
            long before = commits;
            sight.place(next.standing(), next.named(), () -> tryCommit(getClusterResource(), next.request(), true));
            return commits > before;
        }

        @Override
        public void tried(boolean placed, long nanos) {
            decided(placed, nanos);
        }
    }
}
