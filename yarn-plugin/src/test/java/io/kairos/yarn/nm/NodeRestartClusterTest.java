/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.rm.KairosScheduler;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks outlive their NodeManager, paused or not, and the next one takes them over. */
class NodeRestartClusterTest {
    private static final int TASKS = 2;
    private static final long ATTAINED_MS = 2_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"signal", "cgroup"})
    void tasksOutliveAKilledAndAStoppedNodeManager(String pauserName) throws Exception {
        String parent = "kairos-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        Path decisions = Files.createDirectory(folder.resolve("decisions"));
        DecisionFile log = new DecisionFile(decisions);
        TaskScripts scripts = new TaskScripts(Files.createDirectory(folder.resolve("scripts")));
        Configuration configuration = PausingContract.nodeConfiguration(pauserName, parent, decisions);
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        try (Pauser observer = PausingContract.observer(pauserName, parent);
                MiniCluster cluster = MiniCluster.start("restart-" + pauserName, configuration, 0);
                ChildNodeManager node = new ChildNodeManager(
                        Files.createDirectory(folder.resolve("configuration")),
                        recoveringNode(cluster.resourceManager().getConfig()));
                TestApplication application = TestApplication.submit(cluster, "default")) {
            application.ask(TASKS, 64);
            List<Container> tasks = application.awaitAllocated(TASKS);
            for (int task = 0; task < TASKS; task++) {
                application.start(tasks.get(task), scripts.counter("counter-" + task));
            }
            TestApplication.await(() -> attainedBoth(log, tasks));

            node.kill();
            assertThat(frozen(observer, scripts)).isNotEmpty();
            long pauses = log.attained("PAUSE", tasks.get(0)).size();
            List<Integer> lines = lineCounts(scripts);
            node.startAnew();
            TestApplication.await(() -> lineCounts(scripts).get(0) > lines.get(0) + 10
                    && lineCounts(scripts).get(1) > lines.get(1) + 10
                    && log.count("PAUSE", tasks.get(0)) > pauses);
            assertThat(log.attained("PAUSE", tasks.get(0)).get((int) pauses))
                    .as("attained service, remembered over the restart")
                    .isGreaterThan(ATTAINED_MS / 2);

            node.stop();
            assertThat(frozen(observer, scripts)).isEmpty();
            assertThat(scripts.processes()).hasSizeGreaterThanOrEqualTo(TASKS);

            node.startAnew();
            scripts.stopCounting();
            for (int task = 0; task < TASKS; task++) {
                assertThat(application.awaitCompleted(tasks.get(task).getId()).getExitStatus())
                        .isZero();
                scripts.assertCountedExactly("counter-" + task);
            }
        }
    }

    @Test
    void aTaskHeldWhenItsNodeManagerWasKilledIsGivenBackToItsApplication() throws Exception {
        Path decisions = Files.createDirectory(folder.resolve("decisions"));
        DecisionFile log = new DecisionFile(decisions);
        TaskScripts scripts = new TaskScripts(Files.createDirectory(folder.resolve("scripts")));
        Configuration configuration = PausingContract.nodeConfiguration("signal", "kairos-test", decisions);
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        try (MiniCluster cluster = MiniCluster.start("restart-held", configuration, 0);
                ChildNodeManager node = new ChildNodeManager(
                        Files.createDirectory(folder.resolve("configuration")),
                        recoveringNode(cluster.resourceManager().getConfig()));
                TestApplication application = TestApplication.submit(cluster, "default")) {
            application.ask(TASKS, 64);
            List<Container> tasks = application.awaitAllocated(TASKS);
            application.start(tasks.get(0), unpaused(scripts.counter("counter-0")));
            TestApplication.await(() -> !scripts.outputLines("counter-0").isEmpty());
            application.start(tasks.get(1), unpaused(scripts.counter("counter-1")));
            TestApplication.await(() -> log.count("HOLD", tasks.get(1)) == 1);

            node.kill();
            node.startAnew();

            assertThat(application.awaitCompleted(tasks.get(1).getId()).getExitStatus())
                    .isEqualTo(ContainerExitStatus.ABORTED);
            application.ask(1, 64);
            Container again = application.awaitAllocated(TASKS + 1).get(TASKS);
            application.start(again, unpaused(scripts.counter("counter-1")));
            scripts.stopCounting();
            for (Container task : List.of(tasks.get(0), again)) {
                assertThat(application.awaitCompleted(task.getId()).getExitStatus())
                        .isZero();
            }
        }
    }

    private static ContainerLaunchContext unpaused(String command) {
        ContainerLaunchContext launch = TestApplication.launch(command);
        launch.setEnvironment(Map.of(KairosContainersLauncher.PREEMPTABLE, "false"));
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
        configuration.setInt(NodeManagerKeys.SLOTS.name(), 1);
        configuration.setInt(NodeManagerKeys.QUEUE_BOUND.name(), 1);
        configuration.setInt(NodeManagerKeys.QUANTUM.name(), 200);
        configuration.setInt(NodeManagerKeys.REPORT_INTERVAL.name(), 50);
        return configuration;
    }

    private static boolean attainedBoth(DecisionFile log, List<Container> tasks) throws IOException {
        for (Container task : tasks) {
            if (log.attained("PAUSE", task).stream().noneMatch(attained -> attained > ATTAINED_MS)) {
                return false;
            }
        }
        return true;
    }

    private static List<Integer> lineCounts(TaskScripts scripts) throws IOException {
        return List.of(
                scripts.outputLines("counter-0").size(),
                scripts.outputLines("counter-1").size());
    }

    private static List<String> frozen(Pauser observer, TaskScripts scripts) throws IOException {
        return observer.name().equals("cgroup") ? observer.frozenTasks() : scripts.stoppedProcesses();
    }
}
