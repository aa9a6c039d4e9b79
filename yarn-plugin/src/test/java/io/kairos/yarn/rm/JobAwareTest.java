/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.RemainingWork;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.protocol.EndedTasks;
import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportClient;
import io.kairos.yarn.protocol.LoadReportReply;
import io.kairos.yarn.testing.InProcessCluster;
import io.kairos.yarn.testing.SiteFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;
import org.apache.hadoop.yarn.api.records.ContainerState;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.api.protocolrecords.NMContainerStatus;
import org.apache.hadoop.yarn.server.resourcemanager.MockAM;
import org.apache.hadoop.yarn.server.resourcemanager.MockNM;
import org.apache.hadoop.yarn.server.resourcemanager.recovery.MemoryRMStateStore;
import org.apache.hadoop.yarn.server.resourcemanager.recovery.RMStateStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job-aware policy in a real ResourceManager, whose nodes say what tasks attained. */
class JobAwareTest {
    private static final int SLOTS = 2;
    /** That many containers may be thought out at a time, of one queue. */
    private static final int PROPOSALS = 8;

    private SiteFiles files;
    private Configuration configuration;
    private InProcessCluster cluster;
    private LoadReportClient reports;
    private MockNM node;
    private long sequence;

    @BeforeEach
    void start(@TempDir Path site) throws Exception {
        files = new SiteFiles(site);
        policy("kairos-job");
        files.queues(70, 30, Map.of());
        configuration = InProcessCluster.configuration();
        configuration.setInt(NodeManagerKeys.REPORT_INTERVAL.name(), 20);
        configuration.setBoolean(YarnConfiguration.RECOVERY_ENABLED, true);
        configuration.setClass(YarnConfiguration.RM_STORE, MemoryRMStateStore.class, RMStateStore.class);
        configuration.setLong(YarnConfiguration.RM_WORK_PRESERVING_RECOVERY_SCHEDULING_WAIT_MS, 0);
        for (Map.Entry<String, Integer> queue :
                Map.of("default", 70, "other", 30).entrySet()) {
            String prefix = "yarn.scheduler.capacity.root." + queue.getKey();
            configuration.setInt(prefix + ".capacity", queue.getValue());
            configuration.setInt(prefix + ".user-limit-factor", 100);
        }
        configuration.set("yarn.scheduler.capacity.root.queues", "default,other");
        files.use(configuration);
        begin(null);
        node = cluster.node("127.0.0.1", SLOTS);
    }

    private void begin(@Nullable RMStateStore store) {
        configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), "localhost:0");
        cluster = new InProcessCluster(configuration, store);
        cluster.start();
        Configuration client = new Configuration(configuration);
        client.set(
                ResourceManagerKeys.REPORT_ADDRESS.name(),
                "localhost:" + cluster.scheduler().reportAddress().orElseThrow().getPort());
        reports = new LoadReportClient(client);
    }

    @AfterEach
    void stop() {
        reports.close();
        cluster.close();
    }

    @Test
    void ofAQueueTheApplicationWithLeastWorkLeftGoesFirst() throws Exception {
        MockAM early = cluster.application("default");
        MockAM late = cluster.application("default");
        cluster.ask(early, 10);
        List<Container> running = cluster.await(early, SLOTS);
        report(0, early, 100);
        cluster.ask(late, 2);
        report(0, early, 100);
        assertThat(reply(0, early, 100).keys().get(id(early))).isEqualTo(RemainingWork.key(1_000));

        end(early, running);
        assertThat(cluster.await(late, SLOTS)).hasSize(SLOTS);
        assertThat(cluster.beats(early, 3)).isEmpty();
    }

    @Test
    void underThePublishedPolicyTheOneThatCameFirstGoesFirstAndPoliciesAreChangedWhileTasksRun() throws Exception {
        MockAM early = cluster.application("default");
        MockAM late = cluster.application("default");
        cluster.ask(early, 10);
        List<Container> running = cluster.await(early, SLOTS);
        cluster.ask(late, 4);
        report(0, early, 100);

        policy("kairos");
        refresh();
        assertThat(reply(0, early, 100).keys()).isEmpty();
        end(early, running);
        List<Container> more = cluster.await(early, SLOTS);
        assertThat(more).hasSize(SLOTS);
        assertThat(cluster.beats(late, 3)).isEmpty();

        policy("kairos-job");
        refresh();
        report(0, early, 100);
        end(early, more);
        assertThat(cluster.await(late, SLOTS)).hasSize(SLOTS);
        assertThat(cluster.beats(early, 3)).isEmpty();
    }

    @Test
    void nobodyIsMadeToGiveWayForLittle() throws Exception {
        MockAM large = cluster.application("default");
        cluster.ask(large, 10);
        List<Container> running = cluster.await(large, SLOTS);
        report(4, large, 100);
        assertThat(cluster.beats(large, 5)).as("its own tasks would give way").isEmpty();
        end(large, running.subList(0, 1));
        assertThat(cluster.await(large, 1)).as("a slot is free").hasSize(1);
        assertThat(cluster.beats(large, 5)).as("for one task").isEmpty();

        MockAM small = cluster.application("default");
        cluster.ask(small, 3);
        assertThat(cluster.await(small, 3)).hasSize(3);
        assertThat(cluster.beats(large, 3)).isEmpty();
    }

    @Test
    void aMasterIsStartedWhereNobodyWouldGiveWay() throws Exception {
        MockAM first = cluster.application("default");
        cluster.ask(first, 10);
        cluster.await(first, SLOTS);
        report(4, first, 0);
        // It returns once the master has a container.
        assertThat(cluster.application("default")).isNotNull();
    }

    @Test
    void betweenQueuesCapacityDecidesAndInEachWorkLeft() throws Exception {
        int slots = 200;
        cluster.node("127.0.0.2", slots - SLOTS);
        MockAM large = cluster.application("default");
        MockAM small = cluster.application("default");
        MockAM other = cluster.application("other");
        cluster.ask(large, 2 * slots);
        List<Container> running = cluster.await(large, slots);
        report(0, large, 1_000);
        cluster.ask(small, 40);
        cluster.ask(other, slots);
        int ended = 160;
        end(large, running.subList(0, ended));
        List<Container> allocated = new ArrayList<>();
        InProcessCluster.await(() -> {
            List.of(large, small, other).forEach(application -> allocated.addAll(beat(application)));
            return allocated.size() >= ended;
        });
        Map<ApplicationId, Long> byApplication = allocated.stream()
                .collect(Collectors.groupingBy(
                        container -> container.getId().getApplicationAttemptId().getApplicationId(),
                        Collectors.counting()));
        assertThat(byApplication)
                .as("the one queue has 70 percent, the other 30")
                .hasSize(3);
        assertThat(byApplication.get(id(other))).isBetween(60L - PROPOSALS, 60L + PROPOSALS);
        assertThat(byApplication.get(id(small)))
                .as("before any of the large one")
                .isEqualTo(40);
    }

    @Test
    void whatNodesSayOfEndedTasksCounts() throws Exception {
        MockAM master = cluster.application("default");
        cluster.ask(master, 6);
        cluster.await(master, SLOTS);
        assertThat(keyAfterEnds(master)).isEqualTo(RemainingWork.key(90.0 * 6 / 3));
    }

    @Test
    void aResourceManagerThatBeginsAnewKnowsItAgainAsSoonAsNodesHaveReported() throws Exception {
        MockAM master = cluster.application("default");
        cluster.ask(master, 6);
        List<Container> running = cluster.await(master, SLOTS);
        assertThat(keyAfterEnds(master)).isEqualTo(RemainingWork.key(180));
        Container ofMaster = Objects.requireNonNull(
                        cluster.resourceManager().getRMContext().getRMApps().get(id(master)))
                .getCurrentAppAttempt()
                .getMasterContainer();

        InProcessCluster before = cluster;
        try (before) {
            reports.close();
            begin(before.resourceManager().getRMStateStore());
            node = new MockNM(
                    node.getNodeId().toString(),
                    16_384,
                    SLOTS,
                    cluster.resourceManager().getResourceTrackerService());
            List<NMContainerStatus> present = new ArrayList<>();
            Stream.concat(Stream.of(ofMaster), running.stream()).forEach(container -> present.add(status(container)));
            node.registerNode(present, List.of(id(master)));
            master.setAMRMProtocol(
                    cluster.resourceManager().getApplicationMasterService(),
                    cluster.resourceManager().getRMContext());
            master.registerAppAttempt(false);
            cluster.ask(master, 4);
            InProcessCluster.await(() -> cluster.scheduler().getNode(node.getNodeId()) != null);
            assertThat(keyAfterEnds(master)).isEqualTo(RemainingWork.key(180));
        }
    }

    private static NMContainerStatus status(Container container) {
        return NMContainerStatus.newInstance(
                container.getId(),
                0,
                ContainerState.RUNNING,
                container.getResource(),
                "",
                ContainerExitStatus.INVALID,
                Priority.newInstance(0),
                0);
    }

    /** What the application's key is when its tasks have attained 90 s and three have ended. */
    private double keyAfterEnds(MockAM master) throws Exception {
        LoadReport report = next(0).application(id(master), 30)
                .ended(id(master), new EndedTasks(3, 60))
                .build();
        reports.report(report);
        learned();
        return Objects.requireNonNull(
                reports.report(next(0).application(id(master), 0).build())
                        .keys()
                        .get(id(master)));
    }

    private void policy(String name) throws IOException {
        files.site(Map.of(ResourceManagerKeys.POLICY.name(), name));
    }

    private void refresh() throws Exception {
        cluster.scheduler()
                .reinitialize(
                        cluster.resourceManager().getConfig(),
                        cluster.resourceManager().getRMContext());
    }

    private List<Container> beat(MockAM application) {
        try {
            cluster.heartbeat();
            cluster.told(application.schedule());
            return cluster.takeEarly();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void end(MockAM application, List<Container> containers) throws Exception {
        for (Container container : containers) {
            cluster.told(application.allocate(List.<ResourceRequest>of(), List.of(container.getId())));
        }
    }

    /** The node says so, and it is learned. */
    private void report(int queueBound, MockAM application, double attained) throws Exception {
        reply(queueBound, application, attained);
        learned();
    }

    private void learned() {
        long before = cluster.scheduler().jobs().round();
        InProcessCluster.await(() -> cluster.scheduler().jobs().round() >= before + 2);
    }

    private LoadReportReply reply(int queueBound, MockAM application, double attained) throws Exception {
        return reports.report(
                next(queueBound).application(id(application), attained).build());
    }

    private LoadReport.Builder next(int queueBound) {
        NodeId id = node.getNodeId();
        return LoadReport.of(id, 1, ++sequence).slots(SLOTS).queueBound(queueBound);
    }

    private static ApplicationId id(MockAM application) {
        return application.getApplicationAttemptId().getApplicationId();
    }
}
