/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.testing;

import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.rm.KairosScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.test.GenericTestUtils;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.MockAM;
import org.apache.hadoop.yarn.server.resourcemanager.MockNM;
import org.apache.hadoop.yarn.server.resourcemanager.MockRM;
import org.apache.hadoop.yarn.server.resourcemanager.MockRMAppSubmissionData;
import org.apache.hadoop.yarn.server.resourcemanager.MockRMAppSubmitter;
import org.apache.hadoop.yarn.server.resourcemanager.recovery.RMStateStore;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.attempt.RMAppAttemptState;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A real ResourceManager with KairosScheduler whose nodes and applications are played by the test: heartbeats come when the test
 * sends them, and a test has one application. For one thread.
 */
public final class InProcessCluster implements AutoCloseable {
    public static final int SMALL_MB = 64;
    private static final int ROOM_MB = 16_384;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final MockRM resourceManager;
    private final List<MockNM> nodes = new ArrayList<>();

    /** Containers that came before they were waited for. */
    private final List<Container> early = new ArrayList<>();

    /** Settings of a cluster with one queue; callers add what they test. */
    public static Configuration configuration() {
        Configuration configuration = MiniCluster.configuration();
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), "localhost:0");
        configuration.setLong(YarnConfiguration.RM_NM_HEARTBEAT_INTERVAL_MS, 1_000);
        return configuration;
    }

    public InProcessCluster(Configuration configuration) {
        this(configuration, null);
    }

    /** @param store what another ResourceManager left behind; null if there was none */
    public InProcessCluster(Configuration configuration, @Nullable RMStateStore store) {
        DefaultMetricsSystem.setMiniClusterMode(true);
        resourceManager = new MockRM(configuration, store);
        // It sets the root logger to everything.
        GenericTestUtils.setRootLogLevel(Level.WARN);
    }

    public void start() {
        resourceManager.start();
    }

    public MockRM resourceManager() {
        return resourceManager;
    }

    public KairosScheduler scheduler() {
        return (KairosScheduler) resourceManager.getResourceScheduler();
    }

    /** A node with room enough in memory; it takes as many tasks as it has slots, as long as it reports nothing else. */
    public MockNM node(String host, int slots) throws Exception {
        MockNM node = resourceManager.registerNode(host + ":1234", ROOM_MB, slots);
        nodes.add(node);
        return node;
    }

    /** An application whose AM runs. */
    public MockAM application(String queue) throws Exception {
        // Hadoop's own way waits for an attempt that is not placed yet, which may be over before it looks.
        RMApp application = MockRMAppSubmitter.submit(
                resourceManager,
                MockRMAppSubmissionData.Builder.createWithMemory(SMALL_MB, resourceManager)
                        .withQueue(queue)
                        // Hadoop gives the submitter a group of its own invention, for as long as this process lives.
                        .withUser("tester")
                        .withWaitForAppAcceptedState(false)
                        .build());
        // Where heartbeats place, the attempt may come after one.
        await(() -> {
            heartbeatOrFail();
            return application.getCurrentAppAttempt() != null
                    && application.getCurrentAppAttempt().getState() == RMAppAttemptState.ALLOCATED;
        });
        MockAM master = resourceManager.sendAMLaunched(
                application.getCurrentAppAttempt().getAppAttemptId());
        resourceManager.waitForState(master.getApplicationAttemptId(), RMAppAttemptState.LAUNCHED);
        master.registerAppAttempt();
        return master;
    }

    /** Asks for tasks of the small size anywhere. */
    public void ask(MockAM application, int tasks) throws Exception {
        told(application.allocate(
                application.createReq(new String[] {ResourceRequest.ANY}, SMALL_MB, 1, tasks, 0), List.of()));
    }

    /** Keeps what an application was told beside what it waited for: a container may come with the answer to any call. */
    public void told(AllocateResponse answer) {
        early.addAll(answer.getAllocatedContainers());
    }

    /** A heartbeat of every node that is still there. */
    public void heartbeat() throws Exception {
        for (MockNM node : nodes) {
            if (resourceManager.getRMContext().getRMNodes().containsKey(node.getNodeId())) {
                node.nodeHeartbeat(true);
            }
        }
    }

    private void heartbeatOrFail() {
        try {
            heartbeat();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Heartbeats of nodes and application until so many containers more are there; returns them. */
    public List<Container> await(MockAM application, int tasks) throws Exception {
        List<Container> allocated = new ArrayList<>();
        await(() -> {
            allocated.addAll(beat(application));
            return allocated.size() >= tasks;
        });
        return allocated;
    }

    /** Heartbeats of nodes and application a number of times; returns what was allocated. */
    public List<Container> beats(MockAM application, int times) throws Exception {
        List<Container> allocated = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            long passes = scheduler().counters().passes();
            allocated.addAll(beat(application));
            // Of three turns the second begins after the heartbeats and has ended when the third begins.
            await(() -> scheduler().counters().passes() >= passes + 3 || !isAnythingPending());
        }
        allocated.addAll(beat(application));
        return allocated;
    }

    private boolean isAnythingPending() {
        return scheduler()
                        .getRootQueue()
                        .getQueueResourceUsage()
                        .getAllPending()
                        .getMemorySize()
                > 0;
    }

    /** Takes what applications were told and nobody waited for. */
    public List<Container> takeEarly() {
        List<Container> allocated = List.copyOf(early);
        early.clear();
        return allocated;
    }

    private List<Container> beat(MockAM application) {
        try {
            heartbeat();
            told(application.schedule());
            return takeEarly();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    /** How many of the containers lie on each node. */
    public static Map<NodeId, Long> byNode(List<Container> containers) {
        return containers.stream().collect(Collectors.groupingBy(Container::getNodeId, Collectors.counting()));
    }

    @Override
    public void close() {
        resourceManager.stop();
    }
}
