/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.Pausers;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.rm.KairosScheduler;
import io.kairos.yarn.testing.ChildDaemon;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks outlive their NodeManager, paused or not, and the next one takes them over. */
abstract class NodeRestartContract {
    private static final int TASKS = 2;
    private static final int MEMORY_MB = 64;
    private static final long ATTAINED_MS = 2_000;
    private static final Duration THAWED_WITHIN = Duration.ofSeconds(30);

    private final String pauserName;
    private final PauseMode mode;
    private final String parent = "kairos-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private MiniCluster cluster;

    @SuppressWarnings("NullAway.Init")
    private Configuration nodeConfiguration;

    @SuppressWarnings("NullAway.Init")
    private ChildDaemon node;

    @SuppressWarnings("NullAway.Init")
    private TestApplication application;

    @SuppressWarnings("NullAway.Init")
    private TaskScripts scripts;

    @SuppressWarnings("NullAway.Init")
    private DecisionFile log;

    NodeRestartContract(String pauserName) {
        this(pauserName, PauseMode.FREEZE);
    }

    NodeRestartContract(String pauserName, PauseMode mode) {
        this.pauserName = pauserName;
        this.mode = mode;
    }

    /** What the kind of task under test takes in the NodeManager's configuration. */
    void configure(Configuration configuration) {}

    /** What it takes in a task's environment. */
    Map<String, String> environment(Path scriptFolder) {
        return Map.of();
    }

    /** Whatever of the tasks is frozen now. */
    abstract List<String> frozen() throws IOException;

    /** Long against a swap of two tasks. */
    int quantumMs() {
        return 200;
    }

    final Path folder() {
        return folder;
    }

    final String parent() {
        return parent;
    }

    final TaskScripts scripts() {
        return scripts;
    }

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path decisions = Files.createDirectory(folder.resolve("decisions"));
        log = new DecisionFile(decisions);
        scripts = new TaskScripts(Files.createDirectory(folder.resolve("scripts")));
        Configuration configuration = PausingContract.nodeConfiguration(pauserName, parent, decisions);
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        configure(configuration);
        cluster = MiniCluster.start("restart-" + pauserName, configuration, 0);
        nodeConfiguration = recoveringNode(cluster.resourceManager().getConfig());
        node = new ChildDaemon(
                NodeManager.class, Files.createDirectory(folder.resolve("configuration")), nodeConfiguration);
        application = TestApplication.submit(cluster, "default");
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
        node.close();
        cluster.close();
        // A killed NodeManager cannot tidy up; empty folders would be left of it.
        try (Pauser observer = Pausers.choose("auto", parent, mode).pauser()) {
            assertThat(observer.frozenTasks()).isEmpty();
        }
    }

    @Test
    void tasksOutliveAKilledAndAStoppedNodeManager() throws Exception {
        List<Container> tasks = startCounters();
        TestApplication.await(() -> attainedBoth(tasks));

        killAfterASwap();
        long pauses = log.attained("PAUSE", tasks.get(0)).size();
        List<Integer> lines = lineCounts();
        node.startAnew();
        TestApplication.await(() -> lineCounts().get(0) > lines.get(0) + 10
                && lineCounts().get(1) > lines.get(1) + 10
                && log.count("PAUSE", tasks.get(0)) > pauses);
        assertThat(log.attained("PAUSE", tasks.get(0)).get((int) pauses))
                .as("attained service, remembered over the restart")
                .isGreaterThan(ATTAINED_MS / 2);

        node.stop();
        TestApplication.await(() -> frozen().isEmpty()); // an engine may hear of a thaw late
        assertThat(scripts.processes()).hasSizeGreaterThanOrEqualTo(TASKS);

        node.startAnew();
        scripts.stopCounting();
        for (int task = 0; task < TASKS; task++) {
            assertEndedWell(tasks.get(task).getId());
            scripts.assertCountedExactly("counter-" + task);
        }
    }

    @Test
    void tasksOfANodeManagerThatNeverReturnsAreThawed() throws Exception {
        startCounters();
        TestApplication.await(() -> !frozen().isEmpty());
        killAfterASwap();

        Awaitility.await().atMost(THAWED_WITHIN).until(() -> frozen().isEmpty());
        List<Integer> lines = lineCounts();
        TestApplication.await(
                () -> lineCounts().get(0) > lines.get(0) && lineCounts().get(1) > lines.get(1));
        scripts.stopCounting();
        TestApplication.await(() -> scripts.processes().isEmpty());
        for (int task = 0; task < TASKS; task++) {
            scripts.assertCountedExactly("counter-" + task);
        }
    }

    /** As when an admin restarts it. */
    final void tasksOutliveTheirOwnNodeManagersStop() throws Exception {
        List<Container> tasks = startCounters();
        awaitATurn(tasks);
        node.stop();
        TestApplication.await(() -> frozen().isEmpty()); // an engine may hear of a thaw late

        node.startAnew();
        awaitATurn(tasks);
        scripts.stopCounting();
        for (int task = 0; task < TASKS; task++) {
            assertEndedWell(tasks.get(task).getId());
            scripts.assertCountedExactly("counter-" + task);
        }
    }

    /** A task ends while no NodeManager is there. No pauser has a part in it, so one of the classes that keep this contract tests it. */
    final void whatHappenedMeanwhileIsTakenUp() throws Exception {
        application.ask(TASKS, MEMORY_MB);
        List<Container> tasks = application.awaitAllocated(TASKS);
        application.start(tasks.get(0), unpausable("counter-0"));
        // Long after its start: YARN gives up a container whose pid is not written down when its NodeManager dies.
        TestApplication.await(() -> scripts.outputLines("counter-0").size() > 100);
        application.start(tasks.get(1), unpausable("counter-1"));
        TestApplication.await(() -> log.count("HOLD", tasks.get(1)) == 1);

        node.kill();
        scripts.stopCounting();
        TestApplication.await(() -> scripts.processes().isEmpty());
        node.startAnew();

        assertThat(application.awaitCompleted(tasks.get(1).getId()).getExitStatus())
                .isEqualTo(ContainerExitStatus.ABORTED);
        assertEndedWell(tasks.get(0).getId());
        node.kill();
        node.startAnew();
        application.ask(1, MEMORY_MB);
        Container again = application.awaitAllocated(TASKS + 1).get(TASKS);
        application.start(again, unpausable("counter-1"));
        assertEndedWell(again.getId());
        for (Container task : List.of(tasks.get(0), tasks.get(1), again)) {
            TestApplication.await(() -> log.count("FINISH", task) > 0);
            assertThat(log.count("FINISH", task)).isEqualTo(1);
        }
    }

    /** Two tasks that take turns, each time in another way, end as if nothing had been. */
    final void switchOverRestarts(List<Map<String, String>> changes, Look look) throws Exception {
        List<Container> tasks = startCounters();
        for (Map<String, String> change : changes) {
            awaitATurn(tasks);
            killAfterASwap();
            change.forEach(nodeConfiguration::set);
            node.configure(nodeConfiguration);
            List<Integer> lines = lineCounts();
            node.startAnew();
            TestApplication.await(() ->
                    lineCounts().get(0) > lines.get(0) + 10 && lineCounts().get(1) > lines.get(1) + 10);
            awaitATurn(tasks);
            look.at(change);
        }
        scripts.stopCounting();
        for (int task = 0; task < TASKS; task++) {
            assertEndedWell(tasks.get(task).getId());
            scripts.assertCountedExactly("counter-" + task);
        }
    }

    /** Looks at what the NodeManager does after such a change. */
    interface Look {
        void at(Map<String, String> change) throws IOException;
    }

    private void assertEndedWell(ContainerId task) throws Exception {
        int exitStatus = application.awaitCompleted(task).getExitStatus();
        assertThat(exitStatus)
                .as(() -> "exit status of " + task + ", of which the NodeManager said:\n" + saidOf(task))
                .isZero();
    }

    private String saidOf(ContainerId task) {
        try {
            return node.log().stream()
                    .filter(line -> line.contains(task.toString())
                            || line.contains(" WARN ")
                            || line.contains(" ERROR ")
                            || line.contains("Exception"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void awaitATurn(List<Container> tasks) throws IOException {
        for (Container task : tasks) {
            long pauses = log.count("PAUSE", task);
            TestApplication.await(() -> log.count("PAUSE", task) > pauses);
        }
    }

    private List<Container> startCounters() throws Exception {
        application.ask(TASKS, MEMORY_MB);
        List<Container> tasks = application.awaitAllocated(TASKS);
        for (int task = 0; task < TASKS; task++) {
            application.start(tasks.get(task), launch("counter-" + task));
        }
        return tasks;
    }

    /** While a task is frozen, and right after a swap, so that the next one is as far away as can be. */
    private void killAfterASwap() throws IOException {
        List<String> before = frozen();
        TestApplication.await(() -> !frozen().isEmpty() && !frozen().equals(before));
        node.kill();
    }

    private ContainerLaunchContext launch(String name) throws IOException {
        ContainerLaunchContext launch = TestApplication.launch(scripts.counter(name));
        launch.setEnvironment(environment(scripts.folder()));
        return launch;
    }

    private ContainerLaunchContext unpausable(String name) throws IOException {
        ContainerLaunchContext launch = launch(name);
        Map<String, String> environment = new HashMap<>(launch.getEnvironment());
        environment.put(KairosContainersLauncher.PREEMPTABLE, "false");
        launch.setEnvironment(environment);
        return launch;
    }

    private Configuration recoveringNode(Configuration resourceManager) throws IOException {
        Configuration configuration = new Configuration(resourceManager);
        configuration.set(YarnConfiguration.NM_ADDRESS, "localhost:" + MiniCluster.freePort());
        configuration.set(YarnConfiguration.NM_LOCALIZER_ADDRESS, "localhost:" + MiniCluster.freePort());
        configuration.set(YarnConfiguration.NM_WEBAPP_ADDRESS, "localhost:0");
        configuration.set(
                YarnConfiguration.NM_LOCAL_DIRS,
                Files.createDirectory(folder.resolve("local")).toString());
        configuration.set(
                YarnConfiguration.NM_LOG_DIRS,
                Files.createDirectory(folder.resolve("logs")).toString());
        configuration.setBoolean(YarnConfiguration.NM_RECOVERY_ENABLED, true);
        configuration.setBoolean(YarnConfiguration.NM_RECOVERY_SUPERVISED, true);
        configuration.set(
                YarnConfiguration.NM_RECOVERY_DIR,
                Files.createDirectory(folder.resolve("recovery")).toString());
        configuration.set(NodeManagerKeys.PAUSE_MODE.name(), mode.name().toLowerCase(Locale.ROOT));
        configuration.setInt(NodeManagerKeys.SLOTS.name(), 1);
        configuration.setInt(NodeManagerKeys.QUEUE_BOUND.name(), 1);
        configuration.setInt(NodeManagerKeys.QUANTUM.name(), quantumMs());
        configuration.setInt(NodeManagerKeys.REPORT_INTERVAL.name(), 50);
        return configuration;
    }

    private boolean attainedBoth(List<Container> tasks) throws IOException {
        for (Container task : tasks) {
            if (log.attained("PAUSE", task).stream().noneMatch(attained -> attained > ATTAINED_MS)) {
                return false;
            }
        }
        return true;
    }

    private List<Integer> lineCounts() throws IOException {
        return List.of(
                scripts.outputLines("counter-0").size(),
                scripts.outputLines("counter-1").size());
    }
}
