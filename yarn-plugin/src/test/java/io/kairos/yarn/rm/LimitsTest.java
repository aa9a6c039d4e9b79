/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static io.kairos.yarn.testing.InProcessCluster.SMALL_MB;
import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.testing.InProcessCluster;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.MockAM;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.AbstractYarnScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may have how much is the stock scheduler's business, and stays so; who asks for what there is no room for is in nobody's way. */
class LimitsTest {
    private static final int NODES = 10;
    /** More than the small tasks of all tests, on half of the nodes. */
    private static final int SLOTS = 100;

    private static final int SMALL_TASKS = 400;
    /** With one of them on each node, none has room for a task of twice as much. */
    private static final int FILLING_MB = 6 * 1_024;

    private static Configuration configuration(Class<?> scheduler) {
        Configuration configuration = InProcessCluster.configuration();
        configuration.set(YarnConfiguration.RM_SCHEDULER, scheduler.getName());
        String root = "yarn.scheduler.capacity.root.";
        configuration.set(root + "queues", "default,other");
        for (String queue : List.of("default", "other")) {
            configuration.set(root + queue + ".capacity", "50");
            configuration.set(root + queue + ".user-limit-factor", "100");
        }
        return configuration;
    }

    private static InProcessCluster start(Configuration configuration) throws Exception {
        InProcessCluster cluster = new InProcessCluster(configuration);
        cluster.start();
        for (int host = 1; host <= NODES; host++) {
            cluster.node("127.0.0." + host, SLOTS);
        }
        return cluster;
    }

    private static void ask(InProcessCluster cluster, MockAM application, int megabytes, int tasks) throws Exception {
        cluster.told(application.allocate(
                application.createReq(new String[] {ResourceRequest.ANY}, megabytes, 1, tasks, 0), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"default, 1", "default, 5", "other, 1", "other, 5"})
    void whatFitsOnNoNodeDelaysNobodyAndReservesNoMoreThanItAsksFor(String queue, int bigAsks) throws Exception {
        try (InProcessCluster cluster = start(configuration(KairosScheduler.class))) {
            MockAM filling = cluster.application("default");
            ask(cluster, filling, FILLING_MB, NODES);
            assertThat(InProcessCluster.byNode(cluster.await(filling, NODES)))
                    .as("one on each node")
                    .hasSize(NODES);
            MockAM big = cluster.application("default");
            MockAM small = cluster.application(queue);
            ask(cluster, big, 2 * FILLING_MB, bigAsks);
            assertThat(cluster.beats(big, 5)).isEmpty();
            List<NodeId> reserved = reserved(cluster);
            assertThat(reserved).hasSizeLessThanOrEqualTo(bigAsks);

            ask(cluster, small, SMALL_MB, SMALL_TASKS);
            assertThat(cluster.await(small, SMALL_TASKS)).hasSize(SMALL_TASKS);
            assertThat(cluster.beats(big, 5)).isEmpty();
            assertThat(reserved(cluster)).isEqualTo(reserved);
        }
    }

    private static List<NodeId> reserved(InProcessCluster cluster) {
        return cluster.scheduler().getAllNodes().stream()
                .filter(node -> node.getReservedContainer() != null)
                .map(SchedulerNode::getNodeID)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // What stops the application, and the size of its tasks.
        "maximum-capacity, 60, 1000",
        "maximum-capacity, 57, 4096",
        "user-limit-factor, 0.5, 1000",
        "user-limit-factor, 1.1, 3000",
        "maximum-am-resource-percent, 0.5, 5000"
    })
    void anApplicationGetsAsMuchAsUnderTheStockScheduler(String limit, String value, int megabytes) throws Exception {
        int stock = allocated(CapacityScheduler.class, limit, value, megabytes);
        assertThat(allocated(KairosScheduler.class, limit, value, megabytes)).isEqualTo(stock);
        int all = NODES * (16_384 / megabytes);
        assertThat(stock).isPositive().isLessThanOrEqualTo(all);
        if (!limit.startsWith("maximum-am")) {
            assertThat(stock).as("the limit is what stops it").isLessThan(all);
        }
    }

    private static int allocated(Class<?> scheduler, String limit, String value, int megabytes) throws Exception {
        Configuration configuration = configuration(scheduler);
        configuration.set("yarn.scheduler.capacity.root.default." + limit, value);
        configuration.setBoolean("yarn.scheduler.capacity.schedule-asynchronously.enable", false);
        try (InProcessCluster cluster = start(configuration)) {
            MockAM application = cluster.application("default");
            int most = NODES * SLOTS;
            ask(cluster, application, megabytes, most);
            List<Container> allocated = new ArrayList<>();
            int quietBeats = 0;
            // A heartbeat of a stock node brings a container as long as there may be one more.
            while (quietBeats < 5) {
                List<Container> more = beat(cluster, application);
                allocated.addAll(more);
                quietBeats = more.isEmpty() ? quietBeats + 1 : 0;
            }
            AbstractYarnScheduler<?, ?> used =
                    (AbstractYarnScheduler<?, ?>) cluster.resourceManager().getResourceScheduler();
            assertThat(used.getRootQueueMetrics().getAllocatedContainers()).isEqualTo(allocated.size() + 1);
            return allocated.size();
        }
    }

    private static List<Container> beat(InProcessCluster cluster, MockAM application) throws Exception {
        if (cluster.resourceManager().getResourceScheduler() instanceof KairosScheduler) {
            return cluster.beats(application, 1);
        }
        cluster.heartbeat();
        cluster.resourceManager().drainEvents();
        cluster.told(application.schedule());
        return cluster.takeEarly();
    }
}
