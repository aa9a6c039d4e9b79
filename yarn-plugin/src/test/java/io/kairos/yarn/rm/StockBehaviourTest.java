/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static io.kairos.yarn.testing.InProcessCluster.SMALL_MB;
import static io.kairos.yarn.testing.InProcessCluster.byNode;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.testing.InProcessCluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateRequest;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.ContainerUpdateType;
import org.apache.hadoop.yarn.api.records.ExecutionType;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.NodeLabel;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceBlacklistRequest;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.api.records.ResourceSizing;
import org.apache.hadoop.yarn.api.records.UpdateContainerRequest;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.MockAM;
import org.apache.hadoop.yarn.server.resourcemanager.MockNM;
import org.apache.hadoop.yarn.server.resourcemanager.nodelabels.RMNodeLabelsManager;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainerEventType;
import org.apache.hadoop.yarn.server.resourcemanager.rmnode.RMNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.ParentQueue;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.ResourceCommitRequest;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeAddedSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeLabelsUpdateSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeRemovedSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.NodeUpdateSchedulerEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin has from CapacityScheduler stays where Kairos chooses the node. */
class StockBehaviourTest {
    private static final String LABEL = "fast";

    private final Configuration configuration = InProcessCluster.configuration();

    @SuppressWarnings("NullAway.Init")
    private InProcessCluster cluster;

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void start() {
        cluster = new InProcessCluster(configuration);
        cluster.start();
    }

    @Test
    void anExclusiveLabelKeepsItsNodeForThoseWhoAskForIt() throws Exception {
        startWithLabel(true);
        MockNM plain = cluster.node("127.0.0.1", 4);
        MockNM labelled = cluster.node("127.0.0.2", 4);
        MockAM application = cluster.application("default");

        cluster.ask(application, 6);
        assertThat(byNode(cluster.await(application, 4))).containsOnlyKeys(plain.getNodeId());
        assertThat(cluster.beats(application, 5)).isEmpty();

        askWithLabel(application, 2);
        assertThat(byNode(cluster.await(application, 2))).isEqualTo(Map.of(labelled.getNodeId(), 2L));
    }

    @Test
    void aSharedLabelLendsItsIdleNode() throws Exception {
        startWithLabel(false);
        MockNM plain = cluster.node("127.0.0.1", 2);
        MockNM labelled = cluster.node("127.0.0.2", 2);
        MockAM application = cluster.application("default");

        cluster.ask(application, 4);
        assertThat(byNode(cluster.await(application, 4)))
                .isEqualTo(Map.of(plain.getNodeId(), 2L, labelled.getNodeId(), 2L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                YarnConfiguration.SCHEDULER_RM_PLACEMENT_CONSTRAINTS_HANDLER,
                YarnConfiguration.PROCESSOR_RM_PLACEMENT_CONSTRAINTS_HANDLER
            })
    void placementConstraintsHold(String handler) throws Exception {
        configuration.set(YarnConfiguration.RM_PLACEMENT_CONSTRAINTS_HANDLER, handler);
        start();
        for (int host = 1; host <= 3; host++) {
            cluster.node("127.0.0." + host, 4);
        }
        MockAM application = cluster.application("default");

        cluster.told(application.allocateIntraAppAntiAffinity(
                ResourceSizing.newInstance(5, Resource.newInstance(SMALL_MB, 1)),
                Priority.newInstance(1),
                1L,
                Set.of("apart"),
                "apart"));

        assertThat(byNode(cluster.await(application, 3))).hasSize(3);
        assertThat(cluster.beats(application, 5)).isEmpty();
    }

    @Test
    void aBlacklistedNodeIsLeftOutUntilItIsTakenOff() throws Exception {
        start();
        MockNM shunned = cluster.node("127.0.0.1", 4);
        MockNM other = cluster.node("127.0.0.2", 4);
        MockAM application = cluster.application("default");
        blacklist(application, List.of("127.0.0.1"), List.of());

        cluster.ask(application, 5);
        assertThat(byNode(cluster.await(application, 4))).isEqualTo(Map.of(other.getNodeId(), 4L));
        assertThat(cluster.beats(application, 3)).isEmpty();

        blacklist(application, List.of(), List.of("127.0.0.1"));
        assertThat(byNode(cluster.await(application, 1))).containsOnlyKeys(shunned.getNodeId());
    }

    @Test
    void aNodeThatIsDecommissionedTakesNothingMore() throws Exception {
        start();
        MockNM staying = cluster.node("127.0.0.1", 3);
        MockNM leaving = cluster.node("127.0.0.2", 3);
        MockAM application = cluster.application("default");
        cluster.ask(application, 2);
        List<Container> before = cluster.await(application, 2);
        assertThat(byNode(before)).hasSize(2);

        // A heartbeat that still waits to be handled would end a node of which no task is known yet.
        cluster.resourceManager().drainEvents();
        cluster.resourceManager().sendNodeGracefulDecommission(leaving, 3_600);
        cluster.resourceManager().waitForState(leaving.getNodeId(), NodeState.DECOMMISSIONING);
        cluster.ask(application, 4);
        assertThat(byNode(cluster.await(application, 2))).isEqualTo(Map.of(staying.getNodeId(), 2L));
        assertThat(cluster.beats(application, 3)).isEmpty();
    }

    @Test
    void aTaskOnAFullNodeMayGrow() throws Exception {
        start();
        cluster.node("127.0.0.1", 1);
        MockAM application = cluster.application("default");
        cluster.ask(application, 2);
        Container task = cluster.await(application, 1).get(0);
        assertThat(cluster.beats(application, 2)).isEmpty();

        application.sendContainerResizingRequest(List.of(UpdateContainerRequest.newInstance(
                task.getVersion(),
                task.getId(),
                ContainerUpdateType.INCREASE_RESOURCE,
                Resource.newInstance(4 * SMALL_MB, 1),
                null)));

        AllocateResponse[] last = new AllocateResponse[1];
        InProcessCluster.await(() -> {
            try {
                cluster.heartbeat();
                last[0] = application.schedule();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return !last[0].getUpdatedContainers().isEmpty();
        });
        assertThat(last[0].getUpdatedContainers()
                        .get(0)
                        .getContainer()
                        .getResource()
                        .getMemorySize())
                .isEqualTo(4 * SMALL_MB);
        // Stock YARN grows a task by way of a second container, which goes a moment later; no other came meanwhile.
        InProcessCluster.await(
                () -> cluster.scheduler().getSchedulerNode(task.getNodeId()).getNumContainers() == 2);
        assertThat(cluster.beats(application, 2)).isEmpty();
    }

    @Test
    void aTaskThatIsMadeOpportunisticFreesItsPlace() throws Exception {
        configuration.setBoolean(YarnConfiguration.OPPORTUNISTIC_CONTAINER_ALLOCATION_ENABLED, true);
        start();
        cluster.node("127.0.0.1", 1);
        MockAM application = cluster.application("default");
        cluster.ask(application, 2);
        Container task = cluster.await(application, 1).get(0);
        assertThat(cluster.beats(application, 2)).isEmpty();

        cluster.told(application.sendContainerUpdateRequest(List.of(UpdateContainerRequest.newInstance(
                task.getVersion(),
                task.getId(),
                ContainerUpdateType.DEMOTE_EXECUTION_TYPE,
                null,
                ExecutionType.OPPORTUNISTIC))));

        assertThat(cluster.await(application, 1)).hasSize(1);
        assertThat(cluster.scheduler().getRMContainer(task.getId()).getExecutionType())
                .isEqualTo(ExecutionType.OPPORTUNISTIC);
    }

    /** Each time the asks come at another moment of what the placement thread does. */
    @RepeatedTest(10)
    void anAskForAHostGoesThere() throws Exception {
        start();
        for (int host = 1; host <= 4; host++) {
            cluster.node("127.0.0." + host, 4);
        }
        MockAM application = cluster.application("default");

        // The others have fewer tasks from the second on.
        for (int task = 0; task < 3; task++) {
            cluster.told(application.allocate(
                    application.createReq(new String[] {"127.0.0.3"}, SMALL_MB, 1, 1, 0), List.of()));
            assertThat(byNode(cluster.await(application, 1))).containsOnlyKeys(NodeId.newInstance("127.0.0.3", 1234));
        }
    }

    @Test
    void anAskBoundToAHostWaitsForItAndGoesNowhereElse() throws Exception {
        start();
        for (int host = 1; host <= 4; host++) {
            cluster.node("127.0.0." + host, 2);
        }
        NodeId wanted = NodeId.newInstance("127.0.0.3", 1234);
        MockAM application = cluster.application("default");
        boundTo("127.0.0.3", application, 2);
        List<Container> first = cluster.await(application, 2);
        assertThat(byNode(first)).isEqualTo(Map.of(wanted, 2L));

        boundTo("127.0.0.3", application, 1);
        assertThat(cluster.beats(application, 5)).isEmpty();
        cluster.told(application.allocate(List.of(), List.of(first.get(0).getId())));
        assertThat(byNode(cluster.await(application, 1))).isEqualTo(Map.of(wanted, 1L));
    }

    private void boundTo(String host, MockAM application, int tasks) throws Exception {
        List<ResourceRequest> asks = application.createReq(new String[] {host}, SMALL_MB, 1, tasks, 0);
        asks.stream().filter(ask -> !ask.getResourceName().equals(host)).forEach(ask -> ask.setRelaxLocality(false));
        cluster.told(application.allocate(asks, List.of()));
    }

    @Test
    void aNodeThatIsSilentTakesNothingUntilItIsHeardAgain() throws Exception {
        configuration.setLong(YarnConfiguration.RM_NM_HEARTBEAT_INTERVAL_MS, 20);
        configuration.setInt(YarnConfiguration.SCHEDULER_SKIP_NODE_MULTIPLIER, 10);
        start();
        MockNM heard = cluster.node("127.0.0.1", 2);
        MockNM silent = cluster.node("127.0.0.2", 2);
        MockAM application = cluster.application("default");
        long silence = System.nanoTime();
        InProcessCluster.await(() -> System.nanoTime() - silence > 400_000_000L);

        heard.nodeHeartbeat(true);
        cluster.ask(application, 4);
        InProcessCluster.await(() -> tasksOn(heard) == 2);
        assertThat(tasksOn(silent)).isZero();

        silent.nodeHeartbeat(true);
        InProcessCluster.await(() -> tasksOn(silent) == 2);
    }

    @Test
    void aPackedNodeTakesTasksAsSoonAsOneEnds() throws Exception {
        start();
        MockNM node = cluster.node("127.0.0.1", 6);
        MockAM application = cluster.application("default");
        long room = cluster.scheduler()
                .getSchedulerNode(node.getNodeId())
                .getUnallocatedResource()
                .getMemorySize();
        int large = (int) (room / SMALL_MB / 2) * SMALL_MB;
        cluster.told(application.allocate(
                application.createReq(new String[] {ResourceRequest.ANY}, large, 2, 2, 0), List.of()));
        List<Container> first = cluster.await(application, 2);
        cluster.ask(application, 3);
        List<Container> fitting = cluster.beats(application, 3);
        assertThat(fitting).hasSize((int) (room - 2L * large) / SMALL_MB);

        cluster.told(application.allocate(List.of(), List.of(first.get(0).getId())));
        InProcessCluster.await(() -> tasksOn(node) == 4);
    }

    @Test
    void parentQueuesTakeTheOrderOfTheirParentUnlessTheySetOne() {
        String root = "yarn.scheduler.capacity.root.";
        configuration.set(root + "queues", "inherits,chooses");
        for (String parent : List.of("inherits", "chooses")) {
            configuration.set(root + parent + ".capacity", "50");
            configuration.set(root + parent + ".queues", parent + "-leaf");
            configuration.set(root + parent + "." + parent + "-leaf.capacity", "100");
        }
        configuration.set(root + "chooses.ordering-policy", "priority-utilization");
        start();

        assertThat(order("root")).isEqualTo(LazyUtilizationOrder.class.getName());
        assertThat(order("root.inherits")).isEqualTo(LazyUtilizationOrder.class.getName());
        assertThat(order("root.chooses")).isEqualTo("priority-utilization");
    }

    private String order(String queue) {
        return ((ParentQueue) cluster.scheduler().getQueue(queue))
                .getQueueOrderingPolicy()
                .getConfigName();
    }

    @Test
    void theEndOfATaskIsNotedAlsoByWhoeverHoldsTheReadLock() throws Exception {
        configuration.set(YarnConfiguration.RM_SCHEDULER, EndsUnderReadLock.class.getName());
        start();
        MockNM node = cluster.node("127.0.0.1", 1);
        MockAM application = cluster.application("default");
        cluster.ask(application, 2);
        Container task = cluster.await(application, 1).get(0);

        cluster.told(application.allocate(List.of(), List.of(task.getId())));

        assertThat(byNode(cluster.await(application, 1))).containsOnlyKeys(node.getNodeId());
    }

    @Test
    void aHeartbeatWaitsForNobodyWhoLooksAtTheScheduler() throws Exception {
        configuration.set(YarnConfiguration.RM_SCHEDULER, LookedAt.class.getName());
        start();
        MockNM node = cluster.node("127.0.0.1", 1);
        RMNode registered =
                cluster.resourceManager().getRMContext().getRMNodes().get(node.getNodeId());
        LookedAt scheduler = (LookedAt) cluster.scheduler();
        Thread heartbeat = new Thread(() -> scheduler.handle(new NodeUpdateSchedulerEvent(registered)));
        heartbeat.setDaemon(true);
        // Whoever waits to write has readers wait behind him.
        cluster.resourceManager().drainEvents();

        scheduler.during(() -> {
            heartbeat.start();
            InProcessCluster.await(() -> !heartbeat.isAlive());
        });
    }

    @Test
    void aNodeThatHasLeftTakesNothingAlsoBeforeThatIsNoted() throws Exception {
        configuration.set(YarnConfiguration.RM_SCHEDULER, LosesANode.class.getName());
        start();
        cluster.node("127.0.0.1", 4);
        cluster.node("127.0.0.2", 4);
        MockAM application = cluster.application("default");
        LosesANode scheduler = (LosesANode) cluster.scheduler();

        scheduler.losing = true;
        cluster.ask(application, 1);
        InProcessCluster.await(() -> scheduler.counters().placements() == 2);

        assertThat(scheduler.lost).isNotNull();
        assertThat(scheduler
                        .getApplicationAttempt(application.getApplicationAttemptId())
                        .getLiveContainers())
                .filteredOn(container -> !container.isAMContainer())
                .singleElement()
                .satisfies(task -> assertThat(task.getAllocatedNode()).isNotEqualTo(scheduler.lost));
    }

    @Test
    void aTaskIsNotCommittedToANodeThatLeftAndJoinedAgainMeanwhile() throws Exception {
        configuration.set(YarnConfiguration.RM_SCHEDULER, Interrupted.class.getName());
        start();
        cluster.node("127.0.0.1", 1);
        MockAM application = cluster.application("default");
        cluster.ask(application, 1);
        cluster.await(application, 1);
        MockNM node = cluster.node("127.0.0.2", 2);
        RMNode registered =
                cluster.resourceManager().getRMContext().getRMNodes().get(node.getNodeId());
        Interrupted scheduler = (Interrupted) cluster.scheduler();

        scheduler.beforeCommit = () -> {
            scheduler.handle(new NodeRemovedSchedulerEvent(registered));
            scheduler.handle(new NodeAddedSchedulerEvent(registered));
        };
        cluster.ask(application, 4);
        List<Container> tasks = cluster.await(application, 2);
        tasks.addAll(cluster.beats(application, 3));

        assertThat(scheduler.chosen).isEqualTo(node.getNodeId());
        assertThat(tasks).as("the bound holds on the node as it is now").hasSize(2);
        assertThat(tasksOn(node)).isEqualTo(2);
        assertThat(scheduler.getRootQueue().getQueueResourceUsage().getUsed())
                .as("the master and three tasks, nothing that is on no node")
                .isEqualTo(Resource.newInstance(4 * SMALL_MB, 4));
    }

    @Test
    void aTaskIsNotCommittedToANodeWhoseLabelChangedMeanwhile() throws Exception {
        configuration.set(YarnConfiguration.RM_SCHEDULER, Interrupted.class.getName());
        startWithLabel(true);
        cluster.node("127.0.0.1", 1);
        MockAM application = cluster.application("default");
        cluster.ask(application, 1);
        cluster.await(application, 1);
        MockNM changing = cluster.node("127.0.0.3", 3);
        Interrupted scheduler = (Interrupted) cluster.scheduler();

        scheduler.beforeCommit =
                () -> scheduler.handle(new NodeLabelsUpdateSchedulerEvent(Map.of(changing.getNodeId(), Set.of(LABEL))));
        cluster.ask(application, 1);

        assertThat(cluster.beats(application, 3)).isEmpty();
        assertThat(scheduler.chosen).isEqualTo(changing.getNodeId());
        assertThat(tasksOn(changing)).isZero();
        assertThat(scheduler.getRootQueue().getQueueResourceUsage().getUsed(LABEL))
                .isEqualTo(Resource.newInstance(0, 0));
    }

    /** Something happens between the proposal of a task and its commit, once. */
    public static final class Interrupted extends KairosScheduler {
        private volatile @Nullable Runnable beforeCommit;
        private volatile NodeId chosen = NodeId.newInstance("none", 1);

        @Override
        @SuppressWarnings({"rawtypes", "unchecked"})
        public boolean tryCommit(Resource total, @Nullable ResourceCommitRequest request, boolean updatePending) {
            @Nullable Runnable now = beforeCommit;
            if (now != null && request != null) {
                beforeCommit = null;
                chosen = Proposal.of(request)
                        .allocations()
                        .get(0)
                        .getAllocatedOrReservedContainer()
                        .getSchedulerNode()
                        .getNodeID();
                now.run();
            }
            return super.tryCommit(total, request, updatePending);
        }
    }

    /** A node leaves at the worst moment: it was chosen already, and nobody was told. */
    public static final class LosesANode extends KairosScheduler {
        private volatile boolean losing;
        private volatile @Nullable NodeId lost;

        @Override
        protected boolean isUsable(FiCaSchedulerNode node) {
            boolean usable = super.isUsable(node);
            if (losing && lost == null) {
                lost = node.getNodeID();
                nodeTracker.removeNode(lost);
            }
            return usable;
        }
    }

    /** Has somebody look at it for long. */
    public static class LookedAt extends KairosScheduler {
        void during(Runnable look) {
            readLock.lock();
            try {
                look.run();
            } finally {
                readLock.unlock();
            }
        }
    }

    /** Where the scheduler asked for its write lock here, it would wait for itself. */
    public static final class EndsUnderReadLock extends KairosScheduler {
        @Override
        protected void completedContainerInternal(
                RMContainer container, ContainerStatus status, RMContainerEventType event) {
            readLock.lock();
            try {
                super.completedContainerInternal(container, status, event);
            } finally {
                readLock.unlock();
            }
        }
    }

    private int tasksOn(MockNM node) {
        return (int) cluster.scheduler().getSchedulerNode(node.getNodeId()).getCopiedListOfRunningContainers().stream()
                .filter(container -> !container.isAMContainer())
                .count();
    }

    private void blacklist(MockAM application, List<String> added, List<String> removed) throws Exception {
        cluster.told(application.allocate(AllocateRequest.newInstance(
                0, 0, List.of(), List.of(), ResourceBlacklistRequest.newInstance(added, removed))));
    }

    private void askWithLabel(MockAM application, int tasks) throws Exception {
        ResourceRequest ask = application.createResourceReq(ResourceRequest.ANY, SMALL_MB, 2, tasks, LABEL);
        cluster.told(application.allocate(List.of(ask), List.of()));
    }

    private void startWithLabel(boolean exclusive) throws Exception {
        configuration.setBoolean(YarnConfiguration.NODE_LABELS_ENABLED, true);
        for (String queue : List.of("root", "root.default")) {
            configuration.set("yarn.scheduler.capacity." + queue + ".accessible-node-labels", LABEL);
            configuration.set(
                    "yarn.scheduler.capacity." + queue + ".accessible-node-labels." + LABEL + ".capacity", "100");
        }
        cluster = new InProcessCluster(configuration);
        RMNodeLabelsManager labels = cluster.resourceManager().getRMContext().getNodeLabelManager();
        cluster.start();
        labels.addToCluserNodeLabels(List.of(NodeLabel.newInstance(LABEL, exclusive)));
        labels.addLabelsToNode(Map.of(NodeId.newInstance("127.0.0.2", 0), Set.of(LABEL)));
    }
}
