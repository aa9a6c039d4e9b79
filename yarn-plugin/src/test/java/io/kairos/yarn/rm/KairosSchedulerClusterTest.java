/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportClient;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The scheduler in a real ResourceManager with three real NodeManagers of bound 3 each, told by real load reports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KairosSchedulerClusterTest {
    private static final int SMALL_MB = 128;
    private static final int SLOTS = 2;
    private static final int QUEUE_BOUND = 1;
    private static final long EPOCH = 1_000;

    private final AtomicLong sequence = new AtomicLong();
    private MiniCluster cluster;
    private KairosScheduler scheduler;
    private LoadReportClient client;
    private List<NodeId> nodes;

    @BeforeAll
    void start() throws Exception {
        Configuration configuration = MiniCluster.configuration();
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        configuration.set("yarn.scheduler.capacity.root.queues", "default,other");
        configuration.set("yarn.scheduler.capacity.root.default.capacity", "50");
        configuration.set("yarn.scheduler.capacity.root.other.capacity", "50");
        configuration.set("yarn.scheduler.capacity.root.other.user-limit-factor", "100");
        cluster = MiniCluster.start("central", configuration, 3);
        scheduler = (KairosScheduler) cluster.resourceManager().getResourceScheduler();
        client = new LoadReportClient(cluster.clientConfiguration());
        nodes = cluster.nodes().stream().sorted().toList();
    }

    @AfterAll
    void stop() {
        if (client != null) {
            client.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void boundOfThreeEverywhere() throws Exception {
        for (NodeId node : nodes) {
            assertThat(report(node, 0)).isEqualTo(SLOTS + QUEUE_BOUND);
        }
    }

    @AfterEach
    void noErrorsAndNothingLeft() {
        assertThat(scheduler.counters().errors()).isZero();
        TestApplication.await(() -> scheduler.getAllNodes().stream().allMatch(node -> node.getNumContainers() == 0));
    }

    @Test
    void fourteenOnThreeNodesAreThreeEachAndTheRestAsTasksEnd(@TempDir Path folder) throws Exception {
        long rejections = scheduler.counters().boundRejections();
        try (TestApplication application = TestApplication.submit(cluster, "default")) {
            application.ask(14, SMALL_MB);
            List<Container> first = application.awaitAllocated(9);
            application.heartbeatFor(Duration.ofMillis(700));
            assertThat(application.liveByNode().values()).containsExactly(3, 3, 3);
            for (Container container : first) {
                application.start(container, untilFile(folder, container));
            }

            end(application, folder, first.get(0));
            end(application, folder, first.get(1));
            application.awaitAllocated(11);
            application.heartbeatFor(Duration.ofMillis(300));
            assertThat(application.liveByNode().values()).containsExactly(3, 3, 3);

            for (Container container : first.subList(2, 9)) {
                end(application, folder, container);
                assertThat(application.liveByNode().values()).allMatch(tasks -> tasks <= 3);
            }
            application.awaitAllocated(14);
            assertThat(application.liveByNode().values().stream().mapToInt(Integer::intValue))
                    .allMatch(tasks -> tasks <= 3);
            assertThat(application.live()).hasSize(5);
        }
        assertThat(scheduler.counters().boundRejections()).isEqualTo(rejections);
    }

    @Test
    void masterStartsOnFullNodesAndCountsNot() throws Exception {
        try (TestApplication application = TestApplication.submit(cluster, "default")) {
            application.ask(10, SMALL_MB);
            application.awaitAllocated(9);
            ApplicationId managed = TestApplication.submitManaged(cluster, "default", "sleep 60");
            TestApplication.await(() -> hasMaster(managed));
            application.heartbeatFor(Duration.ofMillis(500));
            assertThat(application.liveByNode().values()).containsExactly(3, 3, 3);
            assertThat(scheduler.getAllNodes().stream().mapToInt(node -> node.getNumContainers()))
                    .containsExactlyInAnyOrder(3, 3, 4);

            application.release(application.live().get(0));
            application.awaitAllocated(10);
            TestApplication.kill(cluster, managed);
        }
    }

    @Test
    void leastVarianceTakesTheNextTask() throws Exception {
        report(nodes.get(0), 9);
        report(nodes.get(1), 1);
        report(nodes.get(2), 4);
        try (TestApplication application = TestApplication.submit(cluster, "default")) {
            assertThat(nextNode(application)).isEqualTo(nodes.get(1));
            assertThat(nextNode(application)).isEqualTo(nodes.get(2));
            assertThat(nextNode(application)).isEqualTo(nodes.get(0));
        }
    }

    @Test
    void reportsOfAnOldEpochOutOfOrderOrOfStrangersChangeNothing() throws Exception {
        report(nodes.get(0), 9);
        report(nodes.get(1), 1);
        report(nodes.get(2), 4);
        long dropped = scheduler.counters().droppedReports();
        assertThat(client.report(of(nodes.get(1), EPOCH - 1, Long.MAX_VALUE, 1_000)
                                .build())
                        .bound())
                .isEqualTo(3);
        client.report(of(nodes.get(1), EPOCH, 0, 1_000).slots(50).build());
        int bound = client.report(of(NodeId.newInstance("elsewhere", 1), EPOCH, 1, 0)
                        .slots(7)
                        .build())
                .bound();
        assertThat(bound).isEqualTo(7 + QUEUE_BOUND);
        assertThat(scheduler.counters().droppedReports()).isEqualTo(dropped + 3);
        try (TestApplication application = TestApplication.submit(cluster, "default")) {
            assertThat(nextNode(application)).isEqualTo(nodes.get(1));
        }
    }

    @Test
    void anAskThatFitsNowhereBlocksNobodyBehindIt() throws Exception {
        try (TestApplication big = TestApplication.submit(cluster, "default");
                TestApplication small = TestApplication.submit(cluster, "default")) {
            big.ask(3, 1_024);
            big.awaitAllocated(3);
            big.ask(1, 16_000);
            big.heartbeatFor(Duration.ofMillis(300));
            small.ask(4, SMALL_MB);
            small.awaitAllocated(4);
            assertThat(big.allocated()).hasSize(3);
            assertThat(scheduler.getAllNodes().stream().filter(node -> node.getReservedContainer() != null))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void applicationsOfTwoQueuesFillTheNodesTogether() throws Exception {
        try (TestApplication first = TestApplication.submit(cluster, "default");
                TestApplication second = TestApplication.submit(cluster, "other");
                TestApplication third = TestApplication.submit(cluster, "other")) {
            first.ask(3, SMALL_MB);
            second.ask(3, SMALL_MB);
            third.ask(3, SMALL_MB);
            first.awaitAllocated(3);
            second.awaitAllocated(3);
            third.awaitAllocated(3);
            assertThat(scheduler.getAllNodes()).allMatch(node -> node.getNumContainers() == 3);
        }
    }

    @Test
    void aLargerBoundTakesEffectAtOnce() throws Exception {
        try (TestApplication application = TestApplication.submit(cluster, "default")) {
            application.ask(11, SMALL_MB);
            application.awaitAllocated(9);
            client.report(of(nodes.get(2), EPOCH, sequence.incrementAndGet(), 0)
                    .queueBound(3)
                    .build());
            application.awaitAllocated(11);
            assertThat(application.liveByNode()).containsEntry(nodes.get(2), 5);
        }
    }

    @Test
    void refreshingTheQueuesKeepsWhatIsImposed() throws Exception {
        int delay = scheduler.getConfiguration().getNodeLocalityDelay();
        scheduler.reinitialize(
                cluster.clientConfiguration(), cluster.resourceManager().getRMContext());
        assertThat(scheduler.getConfiguration().getScheduleAynschronously()).isFalse();
        assertThat(scheduler.getConfiguration().getMultiNodePlacementEnabled()).isFalse();
        // Hadoop's test jar brings a capacity-scheduler.xml that sets this one and not the other.
        assertThat(scheduler.getConfiguration().getNodeLocalityDelay()).isEqualTo(delay);
        assertThat(scheduler.getConfiguration().getRackLocalityAdditionalDelay())
                .isZero();
    }

    private boolean hasMaster(ApplicationId id) {
        RMApp application = cluster.resourceManager().getRMContext().getRMApps().get(id);
        return application != null && application.getCurrentAppAttempt().getMasterContainer() != null;
    }

    private NodeId nextNode(TestApplication application) {
        int before = application.allocated().size();
        application.ask(1, SMALL_MB);
        return application.awaitAllocated(before + 1).get(before).getNodeId();
    }

    private int report(NodeId node, double variance) throws IOException {
        return client.report(
                        of(node, EPOCH, sequence.incrementAndGet(), variance).build())
                .bound();
    }

    private static LoadReport.Builder of(NodeId node, long epoch, long sequence, double variance) {
        return LoadReport.of(node, epoch, sequence)
                .slots(SLOTS)
                .queueBound(QUEUE_BOUND)
                .attained(10, variance);
    }

    private static String untilFile(Path folder, Container container) {
        return "while [ ! -e " + folder.resolve(container.getId().toString()) + " ]; do sleep 0.1; done";
    }

    private static void end(TestApplication application, Path folder, Container container) throws IOException {
        Files.createFile(folder.resolve(container.getId().toString()));
        assertThat(application.awaitCompleted(container.getId()).getExitStatus())
                .isZero();
    }
}
