/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.rm.KairosScheduler;
import io.kairos.yarn.testing.ChildDaemon;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ResourceManager is lost while one node runs two tasks, has two paused and holds one, and while two more asks wait at its bound.
 * The daemons are processes of their own.
 */
abstract class ResourceManagerFaultContract {
    private static final int SLOTS = 2;
    private static final int QUEUE_BOUND = 3;
    private static final int BOUND = SLOTS + QUEUE_BOUND;
    private static final int MEMORY_MB = 64;
    private static final int CONNECT_MS = 1_000;
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final List<ChildDaemon> daemons = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private DecisionFile decisions;

    @SuppressWarnings("NullAway.Init")
    private Configuration site;

    @SuppressWarnings("NullAway.Init")
    private ChildDaemon node;

    /** Completes the configuration of all daemons and of clients, and starts what must be there before them. */
    abstract void prepare(Configuration configuration) throws Exception;

    /** Starts the ResourceManagers, the first to be lost first. */
    abstract void startResourceManagers(Configuration configuration) throws Exception;

    /** Loses the ResourceManager that is in charge, and brings about another one. */
    abstract void lose() throws Exception;

    /** Ends what {@link #prepare} started. */
    void tidyUp() throws Exception {}

    final Path folder() {
        return folder;
    }

    final ChildDaemon start(Class<?> main, String name, Configuration configuration) throws IOException {
        ChildDaemon daemon = new ChildDaemon(main, folder.resolve(name), configuration);
        daemons.add(daemon);
        return daemon;
    }

    /** Sets a free address for each of a ResourceManager's, with that suffix. */
    static void setAddresses(Configuration configuration, String suffix) {
        for (String address : List.of(
                YarnConfiguration.RM_ADDRESS,
                YarnConfiguration.RM_SCHEDULER_ADDRESS,
                YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
                YarnConfiguration.RM_ADMIN_ADDRESS,
                YarnConfiguration.RM_WEBAPP_ADDRESS,
                ResourceManagerKeys.REPORT_ADDRESS.name())) {
            configuration.set(address + suffix, "localhost:" + MiniCluster.freePort());
        }
    }

    @BeforeEach
    void startAll(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path decisionFolder = Files.createDirectory(folder.resolve("decisions"));
        decisions = new DecisionFile(decisionFolder);
        site = PausingContract.nodeConfiguration("signal", "kairos-test-unused", decisionFolder);
        site.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        site.setInt(YarnConfiguration.NM_VCORES, SLOTS);
        site.setInt(NodeManagerKeys.SLOTS.name(), SLOTS);
        site.setInt(NodeManagerKeys.QUEUE_BOUND.name(), QUEUE_BOUND);
        site.setInt(NodeManagerKeys.QUANTUM.name(), 100);
        site.setInt(NodeManagerKeys.REPORT_INTERVAL.name(), 100);
        site.setBoolean(YarnConfiguration.RECOVERY_ENABLED, true);
        // By then the node must be back with its tasks; what is placed earlier than that would be placed twice.
        site.setLong(YarnConfiguration.RM_WORK_PRESERVING_RECOVERY_SCHEDULING_WAIT_MS, 3_000);
        site.setLong(YarnConfiguration.RESOURCEMANAGER_CONNECT_RETRY_INTERVAL_MS, 200);
        site.set("yarn.nodemanager.resource.memory-mb", "16384");
        for (String address : List.of(
                YarnConfiguration.NM_ADDRESS,
                YarnConfiguration.NM_LOCALIZER_ADDRESS,
                YarnConfiguration.NM_WEBAPP_ADDRESS)) {
            site.set(address, "localhost:0");
        }
        site.set(YarnConfiguration.NM_LOCAL_DIRS, folder.resolve("local").toString());
        site.set(YarnConfiguration.NM_LOG_DIRS, folder.resolve("logs").toString());
        prepare(site);
        startResourceManagers(site);
        node = start(NodeManager.class, "node-manager", site);
    }

    @AfterEach
    void endAll() throws Exception {
        daemons.forEach(ChildDaemon::close);
        tidyUp();
    }

    @Test
    void allTasksEndWellTheBoundHoldsAndPausingGoesOn() throws Exception {
        TaskScripts fixed = new TaskScripts(Files.createDirectory(folder.resolve("fixed")));
        TaskScripts turning = new TaskScripts(Files.createDirectory(folder.resolve("turning")));
        try (YarnClient client = YarnClient.createYarnClient()) {
            client.init(site);
            client.start();
            awaitStart(() -> hasRunningNode(client));
            try (TestApplication application = TestApplication.submit(site, "default")) {
                application.ask(BOUND + 2, MEMORY_MB);
                List<Container> tasks = new ArrayList<>(application.awaitAllocated(BOUND));
                startInto(turning, tasks.subList(0, 2), application, Map.of());
                for (int task = 0; task < 2; task++) {
                    String name = "counter-" + task;
                    TestApplication.await(() -> !turning.outputLines(name).isEmpty());
                }
                Map<String, String> unpausable = Map.of(KairosContainersLauncher.PREEMPTABLE, "false");
                startInto(fixed, tasks.subList(2, 4), application, unpausable);
                startInto(turning, tasks.subList(4, 5), application, Map.of());
                TestApplication.await(() -> decisions.count("PAUSE", tasks.get(0)) > 0
                        && decisions.count("PAUSE", tasks.get(1)) > 0
                        && decisions.count("HOLD", tasks.get(4)) > 0
                        && !fixed.outputLines("counter-1").isEmpty());

                lose();
                int reached = fixed.outputLines("counter-0").size();
                application.heartbeat(); // as soon as one answers
                application.heartbeatFor(Duration.ofSeconds(5));
                assertThat(application.allocated())
                        .as("nothing is placed above the bound")
                        .hasSize(BOUND);
                assertThat(onlyNode(client).getNumContainers()).isEqualTo(BOUND);
                assertThat(fixed.outputLines("counter-0").size()).isGreaterThan(reached);
                assertThat(node.log())
                        .anyMatch(line -> line.contains("Load reports do not get through"))
                        .anyMatch(line -> line.contains("Load reports reach the ResourceManager again"));

                long pauses = decisions.count("PAUSE");
                fixed.stopCounting();
                assertEndedWell(application, fixed, tasks.subList(2, 4), 2);
                tasks.addAll(application.awaitAllocated(BOUND + 2).subList(BOUND, BOUND + 2));
                startInto(turning, tasks.subList(BOUND, BOUND + 2), application, Map.of());
                TestApplication.await(() -> decisions.count("PAUSE") > pauses + BOUND
                        && decisions.count("PAUSE", tasks.get(BOUND + 1)) > 0);
                assertThat(application.live()).hasSize(BOUND);
                turning.stopCounting();
                List<Container> others = new ArrayList<>(tasks);
                others.removeAll(tasks.subList(2, 4));
                assertEndedWell(application, turning, others, BOUND);
            }
        }
    }

    /** Daemons take long to start on a busy machine. */
    static void awaitStart(TestApplication.Condition started) {
        Awaitility.await().atMost(START_LIMIT).until(started::holds);
    }

    /** Whether somebody listens for load reports there. */
    static boolean listens(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    CONNECT_MS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean hasRunningNode(YarnClient client) throws Exception {
        return !client.getNodeReports(NodeState.RUNNING).isEmpty();
    }

    private static NodeReport onlyNode(YarnClient client) throws Exception {
        List<NodeReport> nodes = client.getNodeReports(NodeState.RUNNING);
        assertThat(nodes).hasSize(1);
        return nodes.get(0);
    }

    /** Each counts on in a file of its own, numbered on from those of the folder. */
    private static void startInto(
            TaskScripts scripts, List<Container> tasks, TestApplication application, Map<String, String> environment)
            throws Exception {
        for (Container task : tasks) {
            int number = 0;
            while (Files.exists(scripts.folder().resolve("counter-" + number + ".sh"))) {
                number++;
            }
            ContainerLaunchContext launch = TestApplication.launch(scripts.counter("counter-" + number));
            launch.setEnvironment(environment);
            application.start(task, launch);
        }
    }

    private static void assertEndedWell(
            TestApplication application, TaskScripts scripts, List<Container> tasks, int counters) throws Exception {
        for (Container task : tasks) {
            assertThat(application.awaitCompleted(task.getId()).getExitStatus()).isZero();
        }
        for (int counter = 0; counter < counters; counter++) {
            scripts.assertCountedExactly("counter-" + counter);
        }
    }
}
