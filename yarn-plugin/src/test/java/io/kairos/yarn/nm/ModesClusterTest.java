/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.rm.KairosScheduler;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.SiteFiles;
import io.kairos.yarn.testing.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerSubState;
import org.apache.hadoop.yarn.client.cli.RMAdminCLI;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An admin changes modes and settings by {@code yarn rmadmin -refreshQueues} while tasks run, are paused and are held. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModesClusterTest {
    private static final int MEMORY_MB = 64;
    private static final int SLOTS = 2;
    private static final int BOUND = 6;

    private SiteFiles files;
    private Path nodeFile;
    private MiniCluster cluster;
    private KairosScheduler scheduler;
    private DecisionFile decisions;

    @BeforeAll
    void start(@TempDir Path site, @TempDir Path nodeSite, @TempDir Path log) throws Exception {
        files = new SiteFiles(site);
        nodeFile = nodeSite.resolve("yarn-site.xml");
        nodeSite(Map.of(), 100);
        decisions = new DecisionFile(log);
        files.site(Map.of());
        files.queues(50, 50, Map.of());
        Configuration configuration = PausingContract.nodeConfiguration("signal", "none", log);
        configuration.unset(NodeManagerKeys.MODE.name());
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        configuration.setInt(NodeManagerKeys.SLOTS.name(), SLOTS);
        configuration.setInt(NodeManagerKeys.QUANTUM.name(), 200);
        configuration.setInt(NodeManagerKeys.REPORT_INTERVAL.name(), 100);
        files.use(configuration);
        configuration.setClassLoader(new URLClassLoader(
                new URL[] {nodeSite.toUri().toURL()}, getClass().getClassLoader()));
        cluster = MiniCluster.start("modes", configuration, 1);
        scheduler = (KairosScheduler) cluster.resourceManager().getResourceScheduler();
    }

    @BeforeEach
    void enforce() throws Exception {
        files.site(Map.of());
        files.queues(50, 50, Map.of());
        assertThat(refresh()).isEmpty();
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void switchingWhileTasksRunArePausedAndAreHeldLosesNone(@TempDir Path folder) throws Exception {
        TaskScripts scripts = new TaskScripts(folder);
        try (TestApplication application = TestApplication.submit(cluster, "default")) {
            List<Container> counters = new ArrayList<>();
            for (int task = 0; task < 3; task++) {
                counters.add(start(application, scripts.counter("counter-" + task), true));
            }
            TestApplication.await(() -> scripts.outputLines("counter-2").size() > 1);
            for (int task = 3; task < 5; task++) {
                start(application, scripts.counter("counter-" + task), false);
            }
            counters.add(start(application, scripts.counter("counter-5"), true));
            awaitStates(application, SLOTS, 3, 1);

            long before = decisions.count("WOULD_PAUSE");
            mode(Mode.OBSERVE);
            awaitStates(application, BOUND, 0, 0);
            TestApplication.await(() -> scripts.outputLines("counter-5").size() > 5);
            // In thought the two that must not be paused hold the slots, and whoever comes is held.
            Container observed = application.live().get(5);
            assertThat(decisions.count("WOULD_HOLD", observed)).isPositive();
            assertThat(decisions.count("WOULD_PAUSE")).isEqualTo(before);

            mode(Mode.ENFORCE);
            awaitStates(application, SLOTS, 4, 0);

            mode(Mode.OFF);
            awaitStates(application, BOUND, 0, 0);
            start(application, scripts.counter("counter-6"), true);
            start(application, scripts.counter("counter-7"), true);
            awaitStates(application, 8, 0, 0);

            mode(Mode.ENFORCE);
            awaitStates(application, SLOTS, 6, 0);
            application.ask(1, MEMORY_MB);
            application.heartbeatFor(Duration.ofMillis(500));
            assertThat(application.live()).as("above the bound nothing more").hasSize(8);

            List<Container> all = application.live();
            scripts.stopCounting();
            for (int task = 0; task < 8; task++) {
                assertThat(application.awaitCompleted(all.get(task).getId()).getExitStatus())
                        .isZero();
                scripts.assertCountedExactly("counter-" + task);
            }
        }
    }

    @Test
    void underTheJobAwarePolicyTheJobWithLeastWorkLeftRunsOnAndUnderThePublishedOneTasksTakeTurns(@TempDir Path folder)
            throws Exception {
        TaskScripts scripts = new TaskScripts(folder);
        policy("kairos-job");
        try (TestApplication large = TestApplication.submit(cluster, "default");
                TestApplication small = TestApplication.submit(cluster, "other")) {
            List<Container> ofLarge = new ArrayList<>();
            for (int task = 0; task < SLOTS; task++) {
                ofLarge.add(start(large, scripts.counter("large-" + task), true));
            }
            TestApplication.await(() -> workLeft(large, "attainedSeconds") > 1);
            Container ofSmall = start(small, scripts.counter("small"), true);
            TestApplication.await(() -> scripts.outputLines("small").size() > 30);
            assertThat(decisions.count("PAUSE", ofSmall)).isZero();
            long pauses = pauses(ofLarge);
            assertThat(pauses)
                    .as("of two that are equal nobody gives way to the other")
                    .isEqualTo(1);
            assertThat(workLeft(large, "unfinished")).isEqualTo(SLOTS);

            policy("kairos");
            TestApplication.await(() -> decisions.count("PAUSE", ofSmall) > 1 && pauses(ofLarge) > pauses + 1);
            policy("kairos-job");
            scripts.stopCounting();
            assertThat(small.awaitCompleted(ofSmall.getId()).getExitStatus()).isZero();
            for (Container task : ofLarge) {
                assertThat(large.awaitCompleted(task.getId()).getExitStatus()).isZero();
            }
            TestApplication.await(() -> workLeft(large, "finished") == SLOTS && workLeft(small, "finished") == 1);
            assertThat(workLeft(large, "unfinished")).isZero();
            assertThat(workLeft(large, "attainedSeconds")).isGreaterThan(workLeft(small, "attainedSeconds"));
        }
    }

    private long pauses(List<Container> tasks) throws IOException {
        long pauses = 0;
        for (Container task : tasks) {
            pauses += decisions.count("PAUSE", task);
        }
        return pauses;
    }

    /** A figure of what the ResourceManager has learned of the application; -1 while it has learned nothing. */
    private static double workLeft(TestApplication application, String figure) throws Exception {
        CompositeData[] known = (CompositeData[]) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName("Hadoop:service=ResourceManager,name=Kairos"), "WorkLeft/" + application.id());
        return known.length == 0 ? -1 : ((Number) known[0].get(figure)).doubleValue();
    }

    private void policy(String name) throws Exception {
        files.site(Map.of(ResourceManagerKeys.POLICY.name(), name));
        assertThat(refresh()).isEmpty();
    }

    @Test
    void anObservingNodeCountsThePausesItDoesNotMake(@TempDir Path folder) throws Exception {
        TaskScripts scripts = new TaskScripts(folder);
        mode(Mode.OBSERVE);
        long before = decisions.count("WOULD_PAUSE");
        long paused = decisions.count("PAUSE");
        try (TestApplication application = TestApplication.submit(cluster, "default")) {
            for (int task = 0; task < BOUND; task++) {
                start(application, scripts.counter("counter-" + task), true);
            }
            awaitStates(application, BOUND, 0, 0);
            TestApplication.await(() -> decisions.count("WOULD_PAUSE") > before + 10);
            assertThat(decisions.count("PAUSE")).isEqualTo(paused);
            application.ask(1, MEMORY_MB);
            application.heartbeatFor(Duration.ofMillis(300));
            assertThat(application.live()).as("placed as by Kairos").hasSize(BOUND);

            scripts.stopCounting();
            for (Container task : application.live().subList(0, BOUND)) {
                assertThat(application.awaitCompleted(task.getId()).getExitStatus())
                        .isZero();
            }
        }
    }

    @Test
    void aQueueSaysWhetherItsTasksMayBePausedAndWhatTheyMaySayThemselves(@TempDir Path folder) throws Exception {
        TaskScripts scripts = new TaskScripts(folder);
        files.queues(
                50,
                50,
                Map.of(
                        "yarn.scheduler.capacity.root.default.kairos.opt-out", "false",
                        "yarn.scheduler.capacity.root.other.kairos.preemptable", "false"));
        assertThat(refresh()).isEmpty();
        try (TestApplication pausable = TestApplication.submit(cluster, "default");
                TestApplication steady = TestApplication.submit(cluster, "other")) {
            Container proud = start(pausable, scripts.counter("proud"), false);
            Container first = start(steady, scripts.counter("first"), true);
            TestApplication.await(() -> scripts.outputLines("proud").size() > 5
                    && scripts.outputLines("first").size() > 5);
            Container second = start(steady, scripts.counter("second"), true);
            awaitState(pausable, proud, ContainerSubState.PAUSED);
            awaitState(steady, second, ContainerSubState.RUNNING);
            assertThat(decisions.count("PAUSE", first)).isZero();

            files.queues(50, 50, Map.of("yarn.scheduler.capacity.root.other.kairos.weight", "0.5"));
            assertThat(refresh()).isEmpty();
            awaitState(pausable, proud, ContainerSubState.RUNNING); // its word counts again
            scripts.stopCounting();
            for (Container task : List.of(first, second)) {
                assertThat(steady.awaitCompleted(task.getId()).getExitStatus()).isZero();
            }
            assertThat(pausable.awaitCompleted(proud.getId()).getExitStatus()).isZero();
        }
    }

    @Test
    void aNodeTakesWhatItsOwnFileSaysNowAllOrNothing(@TempDir Path folder) throws Exception {
        TaskScripts scripts = new TaskScripts(folder);
        try (TestApplication application = TestApplication.submit(cluster, "default")) {
            for (int task = 0; task < 4; task++) {
                start(application, scripts.counter("counter-" + task), true);
            }
            awaitStates(application, SLOTS, 2, 0);
            nodeSite(Map.of(NodeManagerKeys.MODE.name(), "off"), 90);
            awaitStates(application, 4, 0, 0);

            nodeSite(
                    Map.of(NodeManagerKeys.MODE.name(), "enforce", NodeManagerKeys.GUARANTEED_QUANTA.name(), "none"),
                    80);
            application.heartbeatFor(Duration.ofMillis(2_500));
            assertThat(states(application)).containsExactly(4, 0, 0);

            nodeSite(Map.of(), 70);
            awaitStates(application, SLOTS, 2, 0);
            scripts.stopCounting();
            for (int task = 0; task < 4; task++) {
                assertThat(application
                                .awaitCompleted(
                                        application.allocated().get(task).getId())
                                .getExitStatus())
                        .isZero();
                scripts.assertCountedExactly("counter-" + task);
            }
        }
    }

    @Test
    void aRefreshWithOneBadValueChangesNothing() throws Exception {
        files.site(Map.of(
                ResourceManagerKeys.MODE.name(), "off",
                ResourceManagerKeys.QUEUE_BOUND.name(), "9",
                ResourceManagerKeys.TIE_BREAK.name(), "coin"));
        files.queues(70, 30, Map.of());
        assertThat(refresh()).contains("yarn.resourcemanager.kairos.tie-break is 'coin': expected one of variance,");
        assertUnchanged();

        files.site(Map.of(ResourceManagerKeys.MODE.name(), "off"));
        files.queues(70, 30, Map.of("yarn.scheduler.capacity.root.other.kairos.weight", "1000"));
        assertThat(refresh())
                .contains("yarn.scheduler.capacity.root.other.kairos.weight is '1000': expected a number from 0.01 to"
                        + " 100");
        assertUnchanged();

        files.queues(70, 70, Map.of());
        assertThat(refresh()).contains("Illegal capacity");
        assertUnchanged();

        files.queues(70, 30, Map.of());
        assertThat(refresh()).isEmpty();
        assertThat(scheduler.mode()).isEqualTo(Mode.OFF);
        assertThat(scheduler.getQueue("default").getCapacity()).isEqualTo(0.7f);
    }

    private void assertUnchanged() {
        assertThat(scheduler.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(scheduler.getQueue("default").getCapacity()).isEqualTo(0.5f);
        assertThat(scheduler.getConfiguration().get("yarn.scheduler.capacity.root.default.capacity"))
                .isEqualTo("50");
    }

    /** Writes the NodeManager's yarn-site.xml, as if that had been a while ago. */
    private void nodeSite(Map<String, String> properties, int secondsAgo) throws IOException {
        Path next = nodeFile.resolveSibling("next");
        Files.writeString(next, SiteFiles.text(properties));
        Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
        Files.move(next, nodeFile, StandardCopyOption.REPLACE_EXISTING);
    }

    private void mode(Mode mode) throws Exception {
        files.site(Map.of(ResourceManagerKeys.MODE.name(), mode.toString()));
        assertThat(refresh()).isEmpty();
    }

    /** The first line that the command told the admin; nothing if all went well. */
    private String refresh() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = new RMAdminCLI(cluster.clientConfiguration()).run(new String[] {"-refreshQueues"});
        } finally {
            System.setErr(before);
        }
        String text = told.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
        assertThat(exit == 0).as(text).isEqualTo(text.isEmpty());
        return text;
    }

    private static Container start(TestApplication application, String command, boolean preemptable) throws Exception {
        ContainerLaunchContext launch = TestApplication.launch(command);
        launch.setEnvironment(Map.of(KairosContainersLauncher.PREEMPTABLE, Boolean.toString(preemptable)));
        int allocated = application.allocated().size();
        application.ask(1, MEMORY_MB);
        Container container = application.awaitAllocated(allocated + 1).get(allocated);
        application.start(container, launch);
        return container;
    }

    private static void awaitState(TestApplication application, Container task, ContainerSubState state) {
        TestApplication.await(() -> application.status(task).getContainerSubState() == state);
    }

    private static void awaitStates(TestApplication application, int running, int paused, int held) {
        List<Integer> expected = List.of(running, paused, held);
        TestApplication.await(() -> {
            application.heartbeat();
            // Tasks that swap while they are asked one after the other may all seem to run, but not three times.
            boolean equal = true;
            for (int look = 0; look < 3 && equal; look++) {
                equal = states(application).equals(expected);
            }
            return equal;
        });
    }

    private static List<Integer> states(TestApplication application) throws Exception {
        int running = 0;
        int paused = 0;
        int held = 0;
        for (Container task : application.live()) {
            switch (application.status(task).getContainerSubState()) {
                case RUNNING -> running++;
                case PAUSED -> paused++;
                case SCHEDULED -> held++;
                default -> {}
            }
        }
        return List.of(running, paused, held);
    }
}
