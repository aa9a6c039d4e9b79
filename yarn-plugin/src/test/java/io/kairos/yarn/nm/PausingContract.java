/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.LeftOut;
import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.Pausers;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerRetryContext;
import org.apache.hadoop.yarn.api.records.ContainerRetryPolicy;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.ContainerSubState;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerState;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds on a real NodeManager whatever freezes its tasks: two slots, some more tasks launched, the rest held; the quantum is
 * so short that pauses come all the time. The ResourceManager is a stock one, which sends the node all it has memory for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PausingContract {
    private static final int SHORT_TASKS = 60;

    /** It takes about 0.6 s, and several times that on a machine that builds something else meanwhile. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

    private static final int MEMORY_MB = 64;
    private static final int SLOTS = 2;
    private static final int QUEUE = 14;

    private final String pauserName;
    private final PauseMode mode;
    private final String cgroupParent = "kairos-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

    @SuppressWarnings("NullAway.Init")
    private MiniCluster cluster;

    @SuppressWarnings("NullAway.Init")
    private Pauser observer;

    @SuppressWarnings("NullAway.Init")
    private DecisionFile log;

    @SuppressWarnings("NullAway.Init")
    private TaskScripts scripts;

    @SuppressWarnings("NullAway.Init")
    private TestApplication application;

    PausingContract(String pauserName) {
        this(pauserName, PauseMode.FREEZE);
    }

    PausingContract(String pauserName, PauseMode mode) {
        this.pauserName = pauserName;
        this.mode = mode;
    }

    /** What the kind of task under test takes in the NodeManager's configuration. */
    void configure(Configuration configuration) {}

    /** What it takes in a task's environment. */
    Map<String, String> environment(Path folder) {
        return Map.of();
    }

    /** Lets the tasks' user into the folder of their scripts. */
    void openFolder(Path folder) throws IOException {}

    /** The folder of the tasks' groups. */
    final String cgroupParent() {
        return cgroupParent;
    }

    /** How soon nothing is left of what is killed. */
    Duration goneWithin() {
        return GONE_WITHIN;
    }

    /** Fails if a task is frozen that nobody is going to thaw. */
    void assertNothingFrozen() throws IOException {
        assertThat(observer.frozenTasks()).isEmpty();
    }

    /** The NodeManager runs. */
    void started(Configuration nodeConfiguration) {}

    /** A pauser that looks at the same tasks. */
    Pauser openObserver() {
        return observer(pauserName, cgroupParent, mode);
    }

    /**
     * A pauser of that kind that looks at the same tasks. The test is left out where the machine forbids it; where the environment
     * variable {@code KAIROS_CGROUP_TESTS} is {@code required} it fails instead.
     */
    static Pauser observer(String name, String cgroupParent, PauseMode mode) {
        try {
            return Pausers.choose(name, cgroupParent, mode).pauser();
        } catch (IOException e) {
            if ("required".equals(System.getenv("KAIROS_CGROUP_TESTS"))) {
                throw new UncheckedIOException(e);
            }
            return Assumptions.abort(LeftOut.say("tests with the pauser " + name + " are left out: " + e.getMessage()));
        }
    }

    static Configuration nodeConfiguration(String pauser, String cgroupParent, Path decisions) {
        Configuration configuration = MiniCluster.configuration();
        configuration.set(YarnConfiguration.RM_SCHEDULER, CapacityScheduler.class.getName());
        configuration.setInt("yarn.scheduler.capacity.per-node-heartbeat.maximum-offswitch-assignments", 100);
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, KairosContainerExecutor.class.getName());
        configuration.set("yarn.nodemanager.containers-launcher.class", KairosContainersLauncher.class.getName());
        // A stock ResourceManager never says which mode is in force, and the wait for that takes ten seconds.
        configuration.set(NodeManagerKeys.MODE.name(), "enforce");
        configuration.set(NodeManagerKeys.PAUSER.name(), pauser);
        configuration.set(NodeManagerKeys.CGROUP_PARENT.name(), cgroupParent);
        configuration.set(NodeManagerKeys.DECISION_LOG.name(), decisions.toString());
        configuration.set(NodeManagerKeys.PREEMPTIONS_BEFORE_GUARANTEE.name(), "off");
        return configuration;
    }

    @BeforeAll
    void startCluster(@TempDir Path decisions) throws Exception {
        observer = openObserver();
        Configuration configuration = nodeConfiguration(pauserName, cgroupParent, decisions);
        log = new DecisionFile(decisions);
        configuration.set(NodeManagerKeys.PAUSE_MODE.name(), mode.name().toLowerCase(Locale.ROOT));
        configuration.setInt(NodeManagerKeys.SLOTS.name(), SLOTS);
        configuration.setInt(NodeManagerKeys.QUEUE_BOUND.name(), QUEUE);
        configuration.setInt(NodeManagerKeys.QUANTUM.name(), 15);
        configure(configuration);
        cluster = MiniCluster.start(getClass().getSimpleName(), configuration, 1);
        started(cluster.nodeManager(0).getConfig());
    }

    @AfterAll
    void stopCluster() {
        if (cluster != null) {
            cluster.close();
        }
        if (observer != null) {
            observer.close();
        }
    }

    @BeforeEach
    void submit(@TempDir Path folder) throws Exception {
        openFolder(folder);
        scripts = new TaskScripts(folder);
        application = TestApplication.submit(cluster, "default");
    }

    @AfterEach
    void kill() throws Exception {
        application.close();
        awaitNoContainers();
    }

    @Test
    void aTaskPausedAHundredTimesEndsWithExactOutput() throws Exception {
        List<Container> tasks = new ArrayList<>();
        for (int task = 0; task < 4; task++) {
            tasks.add(start(scripts.counter("counter-" + task)));
        }
        TestApplication.await(() -> log.count("RESUME", tasks.get(0)) >= 100);
        assertThat(scripts.outputLines("counter-0")).hasSizeGreaterThan(10);

        scripts.stopCounting();
        for (int task = 0; task < 4; task++) {
            assertThat(application.awaitCompleted(tasks.get(task).getId()).getExitStatus())
                    .isZero();
            scripts.assertCountedExactly("counter-" + task);
        }
    }

    @Test
    void aStormOfPausesLosesNoTask() throws Exception {
        long pausesBefore = log.count("PAUSE");
        // How many pauses short tasks see is a matter of how quick the pauser is just now.
        for (int batch = 0; batch < 6 && log.count("PAUSE") - pausesBefore <= 100; batch++) {
            runShortTasks(batch);
        }
        assertThat(log.count("PAUSE") - pausesBefore).as("pauses").isGreaterThan(100);
        assertThat(application.live()).isEmpty();
    }

    private void runShortTasks(int batch) throws Exception {
        int before = batch * SHORT_TASKS;
        application.ask(SHORT_TASKS, MEMORY_MB);
        List<Container> tasks = application.awaitAllocated(before + SHORT_TASKS).subList(before, before + SHORT_TASKS);
        for (int task = 0; task < SHORT_TASKS; task++) {
            application.start(
                    tasks.get(task),
                    dress(TestApplication.launch(scripts.script(
                            "short-" + (before + task),
                            "for i in {1..20}; do sleep 0.02; done",
                            "echo end >> " + scripts.output("short-" + (before + task))))));
        }
        for (int task = 0; task < SHORT_TASKS; task++) {
            ContainerStatus status = application.awaitCompleted(tasks.get(task).getId());
            assertThat(status.getExitStatus()).as(status.getDiagnostics()).isZero();
            assertThat(scripts.outputLines("short-" + (before + task))).containsExactly("end");
        }
        TestApplication.await(() -> cluster.nodeManager(0).getNMContext().getContainers().values().stream()
                .allMatch(container -> container.getContainerState() == ContainerState.DONE));
    }

    @Test
    void clientsSeeWhoIsPausedAndWhoIsHeldAndAKillLeavesNothing() throws Exception {
        List<Container> paused = startQueue();
        List<Container> lasting = startLasting();
        Container held = start(scripts.counter("held"));

        TestApplication.await(() -> subStates(paused).equals(Set.of(ContainerSubState.PAUSED))
                && subStates(lasting).equals(Set.of(ContainerSubState.RUNNING))
                && subStates(List.of(held)).equals(Set.of(ContainerSubState.SCHEDULED))
                && scripts.outputLines("lasting-1").size() > 20);
        assertThat(scripts.outputLines("held")).isEmpty();
        List<String> before = scripts.outputLines("paused-0");
        int seen = scripts.outputLines("lasting-0").size();
        TestApplication.await(() -> scripts.outputLines("lasting-0").size() > seen + 60);
        assertThat(scripts.outputLines("paused-0").size() - before.size())
                .as("output of a paused task, meanwhile")
                .isBetween(0, mode == PauseMode.FREEZE ? 0 : 30);
        for (Container task : lasting) {
            assertThat(log.count("PAUSE", task)).isZero();
        }

        TestApplication.kill(cluster, application.id());
        Awaitility.await()
                .atMost(goneWithin())
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    assertThat(scripts.processes()).isEmpty();
                    assertNothingFrozen();
                });
    }

    @Test
    void aStoppedContainerIsGoneWhetherPausedOrHeld() throws Exception {
        List<Container> paused = startQueue();
        startLasting();
        Container held = start(scripts.counter("held"));
        TestApplication.await(() -> subStates(paused).equals(Set.of(ContainerSubState.PAUSED)));

        application.stop(held);
        assertThat(application.awaitCompleted(held.getId()).getExitStatus()).isNotZero();
        application.stop(paused.get(0));
        assertThat(application.awaitCompleted(paused.get(0).getId()).getExitStatus())
                .isNotZero();
        // The container has ended with its first process; the others die of the same signal, at their own pace.
        Awaitility.await().atMost(goneWithin()).untilAsserted(() -> assertThat(scripts.processes())
                .noneMatch(process -> process.contains("paused-0.sh") || process.contains("held.sh")));

        scripts.stopCounting();
        assertThat(application.awaitCompleted(paused.get(1).getId()).getExitStatus())
                .isZero();
        scripts.assertCountedExactly("paused-1");
    }

    @Test
    void anApplicationMasterStartsBesideTheSlotsAndIsNeverPaused() throws Exception {
        startLasting();
        TestApplication.await(() -> scripts.outputLines("lasting-1").size() > 1);
        ApplicationId managed = TestApplication.submitManaged(cluster, "default", scripts.counter("master"));
        try {
            TestApplication.await(() -> scripts.outputLines("master").size() > 20);
            assertThat(scripts.outputLines("lasting-0")).doesNotContain("end");
            for (int task = 0; task < 2; task++) {
                start(scripts.counter("more-" + task));
            }
            int seen = scripts.outputLines("master").size();
            TestApplication.await(() -> scripts.outputLines("master").size() > seen + 20);
        } finally {
            TestApplication.kill(cluster, managed);
        }
    }

    @Test
    void aTaskThatYarnStartsAnewAfterAFailureIsPausedOnTheWayAndEndsWell() throws Exception {
        startUnpausable(scripts.counter("lasting"));
        Container other = start(scripts.counter("other"));
        ContainerLaunchContext launch = TestApplication.launch(scripts.script(
                "failing",
                "echo run >> " + scripts.output("failing"),
                "for i in 1 2 3 4 5 6 7 8; do sleep 0.02; done",
                "lines=$(wc -l < " + scripts.output("failing") + ")",
                "[ $lines -ge 4 ] || exit 7",
                "for i in 1 2 3 4 5 6 7 8; do sleep 0.02; done",
                "echo end >> " + scripts.output("failing")));
        launch.setContainerRetryContext(
                ContainerRetryContext.newInstance(ContainerRetryPolicy.RETRY_ON_ALL_ERRORS, null, 10, 50));
        Container failing = start(launch);

        ContainerStatus status = application.awaitCompleted(failing.getId());
        assertThat(status.getExitStatus()).as(status.getDiagnostics()).isZero();
        assertThat(scripts.outputLines("failing")).containsExactly("run", "run", "run", "run", "end");
        assertThat(log.count("PAUSE", failing)).isPositive();
        assertThat(log.count("PAUSE", other)).isPositive();
    }

    /** As many counters as may be launched beside those that run, all of them seen running. */
    private List<Container> startQueue() throws Exception {
        List<Container> queue = new ArrayList<>();
        for (int task = 0; task < QUEUE; task++) {
            queue.add(start(scripts.counter("paused-" + task)));
        }
        TestApplication.await(() -> {
            for (int task = 0; task < QUEUE; task++) {
                if (scripts.outputLines("paused-" + task).isEmpty()) {
                    return false;
                }
            }
            return true;
        });
        return queue;
    }

    /** Counters that take all slots and must not be paused. */
    final List<Container> startLasting() throws Exception {
        List<Container> lasting = new ArrayList<>();
        for (int task = 0; task < SLOTS; task++) {
            lasting.add(startUnpausable(scripts.counter("lasting-" + task)));
        }
        return lasting;
    }

    final Container start(String command) throws Exception {
        return start(TestApplication.launch(command));
    }

    private Container startUnpausable(String command) throws Exception {
        ContainerLaunchContext launch = TestApplication.launch(command);
        launch.setEnvironment(Map.of(KairosContainersLauncher.PREEMPTABLE, "false"));
        return start(launch);
    }

    final TaskScripts scripts() {
        return scripts;
    }

    final DecisionFile log() {
        return log;
    }

    final Context node() {
        return cluster.nodeManager(0).getNMContext();
    }

    final TestApplication application() {
        return application;
    }

    /** Starts what the launch context says, as it is, and waits for its end. */
    final ContainerStatus runToItsEnd(ContainerLaunchContext launch) throws Exception {
        return application.awaitCompleted(startAsItIs(launch).getId());
    }

    private Container start(ContainerLaunchContext launch) throws Exception {
        return startAsItIs(dress(launch));
    }

    final Container startAsItIs(ContainerLaunchContext launch) throws Exception {
        int allocated = application.allocated().size();
        application.ask(1, MEMORY_MB);
        Container container = application.awaitAllocated(allocated + 1).get(allocated);
        application.start(container, launch);
        return container;
    }

    private ContainerLaunchContext dress(ContainerLaunchContext launch) {
        Map<String, String> all = new HashMap<>(launch.getEnvironment());
        all.putAll(environment(scripts.folder()));
        launch.setEnvironment(all);
        return launch;
    }

    private Set<ContainerSubState> subStates(List<Container> containers) throws Exception {
        Set<ContainerSubState> states = new HashSet<>();
        for (Container container : containers) {
            states.add(application.status(container).getContainerSubState());
        }
        return states;
    }

    private void awaitNoContainers() {
        TestApplication.await(
                () -> cluster.nodeManager(0).getNMContext().getContainers().isEmpty());
    }
}
