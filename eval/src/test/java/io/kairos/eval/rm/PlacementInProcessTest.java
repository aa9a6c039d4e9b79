/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.rm.KairosScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.rmnode.RMNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stock queues, limits and reservations come to when Kairos chooses the node: a real ResourceManager, stub nodes. */
@SuppressWarnings("NullAway.Init") // JUnit and each test set the fields
class PlacementInProcessTest {
    private static final int SMALL_MB = 1_024;
    private static final int BIG_MB = 8 * SMALL_MB;
    private static final String PREFIX = "yarn.scheduler.capacity.";

    @TempDir
    private Path folder;

    private InProcessCluster cluster;

    @BeforeAll
    static void withoutALineForEachContainer() {
        Logger.getLogger("org.apache.hadoop").setLevel(Level.WARN);
    }

    @AfterEach
    void noErrorsInThePlacementThread() {
        if (cluster.scheduler() instanceof KairosScheduler kairos) {
            assertThat(kairos.counters().errors()).isZero();
        }
        cluster.close();
    }

    @Test
    void aBurstSpreadsEvenlyOverEqualNodesAndInProportionOverOthers() {
        cluster = cluster(KairosScheduler.class, Map.of());
        nodes(4, 8);
        nodes(4, 16);
        Asks application = new Asks(cluster, "user", "q0");
        application.anywhere(1, 48, SMALL_MB);
        awaitPlaced(() -> application.allocated() == 48);
        assertThat(countByNode(application.held()).values()).containsExactly(4, 4, 4, 4, 8, 8, 8, 8);

        application.anywhere(1, 3, SMALL_MB);
        awaitPlaced(() -> application.allocated() == 51);
        List<Integer> counts = List.copyOf(countByNode(application.held()).values());
        assertThat(counts.subList(0, 4)).allMatch(count -> count == 4 || count == 5);
        assertThat(counts.subList(4, 8)).allMatch(count -> count == 8 || count == 9);
    }

    @Test
    void anAskThatFitsNoNodeReservesOnceAndStaysThere() {
        cluster = halfFullCluster();
        Asks big = new Asks(cluster, "user", "q0");
        big.anywhere(1, 1, BIG_MB);
        awaitPlaced(() -> reserved().size() == 1);
        List<NodeId> first = reserved();
        sweeps(100);
        assertThat(reserved()).isEqualTo(first);
        assertThat(big.held()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q0", "q1"})
    void fiveAsksThatFitNoNodeDelayNobodyAndReserveNoMoreThanFiveNodes(String queue) {
        cluster = halfFullCluster();
        Asks big = new Asks(cluster, "user", "q0");
        big.anywhere(1, 5, BIG_MB);
        sweeps(3);
        Asks small = new Asks(cluster, "user", queue);
        small.anywhere(1, 400, SMALL_MB);
        awaitPlaced(() -> small.allocated() == 400);

        // Room comes and goes: reservations must not wander from node to node and multiply.
        for (int round = 0; round < 10; round++) {
            small.release(small.held().subList(0, 100));
            small.anywhere(1, 100, SMALL_MB);
            awaitPlaced(() -> small.allocated() == 400);
            sweeps(10);
            assertThat(reserved()).hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void aReservationIsKeptWhenRoomComes() {
        cluster = cluster(KairosScheduler.class, Map.of());
        cluster.addNode(Resource.newInstance(14 * SMALL_MB, 16));
        cluster.addNode(Resource.newInstance(14 * SMALL_MB, 16));
        Asks first = new Asks(cluster, "user", "q0");
        first.anywhere(1, 2, BIG_MB);
        awaitPlaced(() -> first.allocated() == 2);
        Asks second = new Asks(cluster, "user", "q0");
        second.anywhere(1, 1, BIG_MB);
        awaitPlaced(() -> reserved().size() == 1);
        first.release(first.held());
        awaitPlaced(() -> second.allocated() == 1);
        assertThat(reserved()).isEmpty();
    }

    @Test
    void aReservationThatIsNotWantedAnyMoreIsGivenUp() {
        cluster = halfFullCluster();
        Asks big = new Asks(cluster, "user", "q0");
        big.anywhere(1, 3, BIG_MB);
        awaitPlaced(() -> !reserved().isEmpty());
        Asks others = new Asks(cluster, "user", "q1");
        others.onlyOn("10.9.9.9", 1, 1, SMALL_MB);
        big.anywhere(1, 0, BIG_MB);
        awaitPlaced(() -> reserved().isEmpty());
    }

    @Test
    void asksBoundToOneHostArePlacedThereHoweverManyNodesAreEmptier() {
        cluster = cluster(KairosScheduler.class, Map.of());
        nodes(300, 16);
        Asks others = new Asks(cluster, "user", "q0");
        String host = cluster.nodes().get(250).getHostName();
        others.onlyOn(host, 1, 10, SMALL_MB);
        awaitPlaced(() -> others.allocated() == 10);

        Asks local = new Asks(cluster, "user", "q1");
        local.onlyOn(host, 1, 4, SMALL_MB);
        awaitPlaced(() -> local.allocated() == 4);
        assertThat(countByNode(local.held())).containsExactly(Map.entry(host, 4));
    }

    @Test
    void aHostThatIsFullIsWaitedForAndNobodyElseWaitsMeanwhile() {
        cluster = cluster(KairosScheduler.class, Map.of());
        nodes(150, 4);
        String host = cluster.nodes().get(149).getHostName();
        Asks first = new Asks(cluster, "user", "q0");
        first.onlyOn(host, 1, 4, SMALL_MB);
        awaitPlaced(() -> first.allocated() == 4);
        Asks second = new Asks(cluster, "user", "q0");
        second.onlyOn(host, 1, 2, SMALL_MB);
        Asks third = new Asks(cluster, "user", "q0");
        third.anywhere(1, 100, SMALL_MB);
        awaitPlaced(() -> third.allocated() == 100);
        assertThat(second.allocated()).isZero();

        first.release(first.held().subList(0, 2));
        awaitPlaced(() -> second.allocated() == 2);
        assertThat(countByNode(second.held())).containsExactly(Map.entry(host, 2));
    }

    @Test
    void queueAndUserLimitsAreHitExactlyAsInTheStockScheduler() {
        Map<String, String> limits = new HashMap<>(Map.of(
                PREFIX + "root.q0.maximum-capacity", "30",
                PREFIX + "root.q1.maximum-capacity", "30",
                PREFIX + "root.q2.maximum-capacity", "25",
                PREFIX + "root.q3.maximum-capacity", "100",
                PREFIX + "root.q0.user-limit-factor", "0.5",
                PREFIX + "root.q1.user-limit-factor", "1",
                PREFIX + "root.q1.minimum-user-limit-percent", "50",
                PREFIX + "root.q2.user-limit-factor", "2",
                PREFIX + "root.q3.user-limit-factor", "0.1"));
        Map<String, Integer> stock = new TreeMap<>();
        Map<String, Asks> underStock = askForTooMuch(CapacityScheduler.class, limits);
        // It places one container a heartbeat.
        sweeps(60);
        underStock.forEach((name, application) -> stock.put(name, application.allocated()));
        assertThat(stock.values().stream().mapToInt(Integer::intValue).sum())
                .as("limits bind, not the cluster's size")
                .isBetween(500, 100 * 16 - 1);
        cluster.close();

        Map<String, Asks> underKairos = askForTooMuch(KairosScheduler.class, limits);
        BooleanSupplier same = () -> underKairos.entrySet().stream()
                .allMatch(entry -> entry.getValue().allocated() == stock.getOrDefault(entry.getKey(), 0));
        awaitPlaced(same);
        sweeps(20);
        assertThat(same.getAsBoolean()).isTrue();
    }

    /** Three users of each queue ask for more than they may have. */
    private Map<String, Asks> askForTooMuch(Class<? extends CapacityScheduler> scheduler, Map<String, String> limits) {
        cluster = cluster(scheduler, limits);
        nodes(100, 16);
        Map<String, Asks> applications = new TreeMap<>();
        for (int queue = 0; queue < SchedulerUnderTest.QUEUES; queue++) {
            for (int user = 0; user < 3; user++) {
                applications.put("q" + queue + " user" + user, new Asks(cluster, "user" + user, "q" + queue));
            }
        }
        applications.values().forEach(application -> application.anywhere(1, 2_000, SMALL_MB));
        return applications;
    }

    /** A hundred nodes with six of fourteen gigabytes free. */
    private InProcessCluster halfFullCluster() {
        cluster = cluster(KairosScheduler.class, Map.of());
        for (int node = 0; node < 100; node++) {
            cluster.addNode(Resource.newInstance(14 * SMALL_MB, 16));
        }
        Asks filler = new Asks(cluster, "user", "q2");
        filler.anywhere(1, 100, BIG_MB);
        awaitPlaced(() -> filler.allocated() == 100);
        assertThat(countByNode(filler.held()).values()).hasSize(100).containsOnly(1);
        return cluster;
    }

    private InProcessCluster cluster(Class<? extends CapacityScheduler> scheduler, Map<String, String> settings) {
        YarnConfiguration configuration = new YarnConfiguration();
        configuration.set("hadoop.tmp.dir", folder.toString());
        SchedulerUnderTest.queues(configuration);
        configuration.set(YarnConfiguration.RM_SCHEDULER, scheduler.getName());
        configuration.setBoolean(PREFIX + "schedule-asynchronously.enable", false);
        configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), "127.0.0.1:0");
        // A busy machine would make nodes look silent that are only late.
        configuration.setInt(YarnConfiguration.SCHEDULER_SKIP_NODE_MULTIPLIER, 1_000);
        settings.forEach(configuration::set);
        return new InProcessCluster(configuration);
    }

    private void nodes(int nodes, int slots) {
        for (int node = 0; node < nodes; node++) {
            cluster.addNode(Resource.newInstance(16 * SMALL_MB, slots));
        }
    }

    private void sweeps(int sweeps) {
        for (int sweep = 0; sweep < sweeps; sweep++) {
            cluster.nodes().forEach(cluster::heartbeat);
        }
    }

    /** Heartbeats go on meanwhile, as they do. */
    private void awaitPlaced(BooleanSupplier placed) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    sweeps(1);
                    return placed.getAsBoolean();
                });
    }

    private List<NodeId> reserved() {
        return ((CapacityScheduler) cluster.scheduler())
                .getAllNodes().stream()
                        .filter(node -> node.getReservedContainer() != null)
                        .map(SchedulerNode::getNodeID)
                        .sorted()
                        .toList();
    }

    private Map<String, Integer> countByNode(List<Container> containers) {
        Map<String, Integer> counts = new TreeMap<>();
        for (RMNode node : cluster.nodes()) {
            int count = (int) containers.stream()
                    .filter(container -> container.getNodeId().equals(node.getNodeID()))
                    .count();
            if (count > 0) {
                counts.put(node.getHostName(), count);
            }
        }
        return counts;
    }
}
