/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.Pausers;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.testing.HttpPage;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.ContainerSubState;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The plugin jar in the daemons of one release of Hadoop, set up as the README says: the jar on their class path, three class names
 * in yarn-site.xml, all else at its default but for names, ports and folders. The daemons are processes of their own; their
 * configurations and logs stay in the build's folder {@code daemons}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DaemonsContract {
    private static final String RESOURCE_MANAGER = "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager";
    private static final String NODE_MANAGER = "org.apache.hadoop.yarn.server.nodemanager.NodeManager";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(20);
    private static final int ENDED_BY_SIGTERM = 143;
    private static final int MEMORY_MB = 1024;
    private static final int SLOTS = 2;

    private final String release;
    private final List<String> javaOptions;
    private final Path folder;
    private final String cgroupParent = "kairos-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

    @SuppressWarnings("NullAway.Init")
    private String classPath;

    @SuppressWarnings("NullAway.Init")
    private Configuration site;

    @SuppressWarnings("NullAway.Init")
    private HadoopDaemon resourceManager;

    @SuppressWarnings("NullAway.Init")
    private Configuration clientConfiguration;

    @SuppressWarnings("NullAway.Init")
    private YarnClient client;

    /** @param javaOptions what the release itself needs on the Java of this build */
    DaemonsContract(String release, List<String> javaOptions) {
        this.release = release;
        this.javaOptions = javaOptions;
        this.folder = Path.of(property("kairos.daemons-work"), release);
    }

    @BeforeAll
    void startResourceManager() throws IOException {
        FileUtil.fullyDelete(folder.toFile());
        Files.createDirectories(folder);
        String stock = Files.readString(Path.of(property("kairos.daemons"), release, "target", "classpath"));
        classPath = HadoopDaemon.classPath(property("kairos.plugin-jar"), stock.strip());
        site = site();
        resourceManager = start(
                RESOURCE_MANAGER,
                "resource-manager",
                Map.of("yarn-site.xml", site, "core-site.xml", coreSite(), "capacity-scheduler.xml", queues()));
        // Not by asking: a client would wait long for one that has died.
        Awaitility.await().atMost(START_LIMIT).pollInterval(POLL).until(() -> {
            resourceManager.requireAlive();
            return resourceManager.log().stream().anyMatch(line -> line.contains("Transitioned to active state"));
        });
        clientConfiguration = new YarnConfiguration();
        site.forEach(entry -> clientConfiguration.set(entry.getKey(), entry.getValue()));
        client = YarnClient.createYarnClient();
        client.init(clientConfiguration);
        client.start();
    }

    /** The tests have stopped their NodeManagers; the ResourceManager is the last. */
    @AfterAll
    void stopResourceManager() {
        if (client != null) {
            client.stop();
        }
        if (resourceManager != null) {
            try (HadoopDaemon ending = resourceManager) {
                assertThat(ending.stop()).isEqualTo(ENDED_BY_SIGTERM);
                assertThat(ending.log())
                        .anyMatch(line -> line.endsWith("version = " + release))
                        .anyMatch(line -> line.contains("Using Scheduler: io.kairos.yarn.rm.KairosScheduler"));
                assertFit(ending);
            }
        }
    }

    @Test
    void newcomersPauseRunningTasksAllEndWellAndAStopLeavesNothing() throws Exception {
        String best;
        try (Pauser pauser = Pausers.choose("auto", cgroupParent).pauser()) {
            best = pauser.name();
        }
        try (HadoopDaemon node = startNode("node-manager", new Configuration(site))) {
            awaitNodes(node, 1);
            pauseResumeAndStop(node, folder.resolve("node-manager"), Map.of());
            assertThat(node.log())
                    .anyMatch(line -> line.endsWith("version = " + release))
                    .anyMatch(line -> line.contains("Kairos pauses tasks: pauser " + best));
        }
    }

    @Test
    @DockerTest
    void theSameInDocker() throws Exception {
        Configuration docker = new Configuration(site);
        DockerContract.useDocker(docker);
        docker.set(DockerKeys.ALLOWED_READ_WRITE_MOUNTS.name(), folder.toString());
        try (HadoopDaemon node = startNode("docker-node-manager", docker)) {
            awaitNodes(node, 1);
            pauseResumeAndStop(node, folder.resolve("docker-node-manager"), DockerContract.inDocker(folder));
            assertThat(node.log()).anyMatch(line -> line.contains("Kairos pauses Docker containers: "));
        }
        try (DockerEngine engine = new DockerEngine(Lab.HOST, Duration.ofSeconds(5), Duration.ofSeconds(30))) {
            String owner =
                    folder.resolve("docker-node-manager").resolve("local").toString();
            Awaitility.await().atMost(GONE_WITHIN).untilAsserted(() -> assertThat(
                            engine.labelled("io.kairos.nodemanager").values())
                    .doesNotContain(owner));
        }
    }

    @Test
    void aNodeManagerWithABadValueEndsWithOneLineThatSaysWhich() throws Exception {
        Configuration bad = new Configuration(site);
        bad.set(NodeManagerKeys.SLOTS.name(), "0");
        try (HadoopDaemon node = startNode("bad-node-manager", bad)) {
            assertThat(node.awaitEnd()).isNotZero();
            List<String> log = node.log();
            int error = log.indexOf(log.stream()
                    .filter(line -> line.endsWith("Error starting NodeManager"))
                    .findFirst()
                    .orElseThrow());
            assertThat(log.get(error + 1))
                    .endsWith(
                            ": yarn.nodemanager.kairos.slots is '0': expected a whole number from 1 to 10000, or off");
            assertThat(log).noneMatch(line -> line.startsWith("\tat "));
            assertNothingLeft(node);
        }
    }

    /** The ResourceManager shows the page, and asks the node whose details are wanted. */
    private void assertPageShows(Container task) throws Exception {
        URI web = URI.create("http://" + site.get(YarnConfiguration.RM_WEBAPP_ADDRESS));
        assertThat(HttpPage.get(web.resolve("/kairos")).body()).contains("<title>Kairos</title>");
        assertThat(HttpPage.get(web.resolve("/kairos/page.js")).status()).isEqualTo(200);
        assertThat(HttpPage.get(web.resolve("/kairos/data")).body())
                .contains("\"mode\":\"enforce\"", "\"nodeId\":\"" + task.getNodeId() + "\"");
        assertThat(HttpPage.get(web.resolve("/kairos/node?id=" + task.getNodeId()))
                        .body())
                .contains("\"trouble\":\"\"", "\"container\":\"" + task.getId() + "\"");
        assertThat(HttpPage.get(web.resolve("/kairos/why?id=" + task.getId())).body())
                .contains("Placed there at ", " paused for the 1st time");
        assertThat(HttpPage.get(web.resolve("/kairos/nothing")).status()).isEqualTo(404);
        assertThat(HttpPage.get(web.resolve("/jmx?qry=Hadoop:service=ResourceManager,name=Kairos"))
                        .status())
                .isEqualTo(200);
    }

    /** Tasks that count until they are told to end, as many as there are slots. */
    private record Batch(TestApplication application, TaskScripts scripts, List<Container> tasks) {
        boolean isPaused() throws Exception {
            for (Container task : tasks) {
                if (application.status(task).getContainerSubState() != ContainerSubState.PAUSED) {
                    return false;
                }
            }
            return true;
        }

        int reached() throws IOException {
            return scripts.outputLines("counter-0").size();
        }

        void awaitProgress() throws IOException {
            int before = reached();
            TestApplication.await(() -> reached() > before + 20);
        }

        /** Whether they put out nothing while the others put out a good deal. */
        boolean standsStillBeside(Batch others) throws IOException {
            int before = reached();
            others.awaitProgress();
            return reached() == before;
        }

        void endWithExactOutput() throws IOException {
            scripts.stopCounting();
            for (int task = 0; task < tasks.size(); task++) {
                ContainerStatus status =
                        application.awaitCompleted(tasks.get(task).getId());
                assertThat(status.getExitStatus()).as(status.getDiagnostics()).isZero();
                scripts.assertCountedExactly("counter-" + task);
            }
        }
    }

    /** Newcomers pause running tasks and end before them; then the node is stopped while tasks are paused. */
    private void pauseResumeAndStop(HadoopDaemon node, Path own, Map<String, String> environment) throws Exception {
        try (TestApplication application = TestApplication.submit(clientConfiguration, "default")) {
            Batch old = start(application, own.resolve("old"), environment);
            old.awaitProgress();
            Batch young = start(application, own.resolve("young"), environment);
            TestApplication.await(() -> old.isPaused() && old.standsStillBeside(young) && old.isPaused());
            assertPageShows(old.tasks().get(0));
            young.endWithExactOutput();
            old.awaitProgress();
            old.endWithExactOutput();
            DecisionFile decisions = new DecisionFile(own.resolve("decisions"));
            for (Container task : old.tasks()) {
                assertThat(decisions.count("PAUSE", task)).isPositive();
                assertThat(decisions.count("RESUME", task)).isEqualTo(decisions.count("PAUSE", task));
            }

            Batch paused = start(application, own.resolve("paused"), environment);
            paused.awaitProgress();
            start(application, own.resolve("running"), environment).awaitProgress();
            TestApplication.await(paused::isPaused);
            assertThat(node.stop()).isEqualTo(ENDED_BY_SIGTERM);
        }
        assertFit(node);
        assertNothingLeft(node);
    }

    private static Batch start(TestApplication application, Path folder, Map<String, String> environment)
            throws Exception {
        TaskScripts scripts = new TaskScripts(Files.createDirectory(folder));
        int before = application.allocated().size();
        application.ask(SLOTS, MEMORY_MB);
        List<Container> tasks =
                List.copyOf(application.awaitAllocated(before + SLOTS).subList(before, before + SLOTS));
        for (int task = 0; task < SLOTS; task++) {
            ContainerLaunchContext launch = TestApplication.launch(scripts.counter("counter-" + task));
            launch.setEnvironment(environment);
            application.start(tasks.get(task), launch);
        }
        return new Batch(application, scripts, tasks);
    }

    private HadoopDaemon startNode(String name, Configuration configuration) throws IOException {
        awaitNodes(resourceManager, 0);
        Path own = folder.resolve(name);
        Files.createDirectories(own.resolve("decisions"));
        configuration.set(YarnConfiguration.NM_LOCAL_DIRS, own.resolve("local").toString());
        configuration.set(YarnConfiguration.NM_LOG_DIRS, own.resolve("logs").toString());
        configuration.set(
                NodeManagerKeys.DECISION_LOG.name(), own.resolve("decisions").toString());
        return start(NODE_MANAGER, name, Map.of("yarn-site.xml", configuration, "core-site.xml", coreSite()));
    }

    private HadoopDaemon start(String mainClass, String name, Map<String, Configuration> sites) throws IOException {
        return new HadoopDaemon(mainClass, javaOptions, classPath, folder.resolve(name), sites);
    }

    private void awaitNodes(HadoopDaemon daemon, int nodes) {
        Awaitility.await().atMost(START_LIMIT).pollInterval(POLL).until(() -> {
            resourceManager.requireAlive();
            daemon.requireAlive();
            return client.getNodeReports(NodeState.RUNNING).size() == nodes;
        });
    }

    private static void assertFit(HadoopDaemon daemon) {
        assertThat(daemon.misfits()).isEmpty();
    }

    private void assertNothingLeft(HadoopDaemon daemon) throws IOException {
        TaskScripts all = new TaskScripts(folder);
        Awaitility.await().atMost(GONE_WITHIN).untilAsserted(() -> {
            assertThat(daemon.orphans()).isEmpty();
            assertThat(all.processes()).isEmpty();
        });
        try (Pauser observer = Pausers.choose("auto", cgroupParent).pauser()) {
            assertThat(observer.frozenTasks()).isEmpty();
        }
    }

    /** One yarn-site.xml for both daemons. */
    private Configuration site() {
        Configuration configuration = new Configuration(false);
        configuration.set("yarn.resourcemanager.scheduler.class", "io.kairos.yarn.rm.KairosScheduler");
        configuration.set("yarn.nodemanager.container-executor.class", "io.kairos.yarn.nm.KairosContainerExecutor");
        configuration.set("yarn.nodemanager.containers-launcher.class", "io.kairos.yarn.nm.KairosContainersLauncher");

        configuration.setInt(YarnConfiguration.NM_VCORES, SLOTS);
        for (String address : List.of(
                YarnConfiguration.RM_ADDRESS,
                YarnConfiguration.RM_SCHEDULER_ADDRESS,
                YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
                YarnConfiguration.RM_ADMIN_ADDRESS,
                YarnConfiguration.RM_WEBAPP_ADDRESS,
                ResourceManagerKeys.REPORT_ADDRESS.name())) {
            configuration.set(address, "localhost:" + MiniCluster.freePort());
        }
        for (String address : List.of(
                YarnConfiguration.NM_ADDRESS,
                YarnConfiguration.NM_LOCALIZER_ADDRESS,
                YarnConfiguration.NM_WEBAPP_ADDRESS)) {
            configuration.set(address, "localhost:0");
        }
        configuration.set(NodeManagerKeys.CGROUP_PARENT.name(), cgroupParent);
        // Whoever runs the tests may have little disk left, and does not want to wait.
        configuration.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 99.9f);
        configuration.setLong(YarnConfiguration.RESOURCEMANAGER_CONNECT_RETRY_INTERVAL_MS, 500);
        // A NodeManager that still keeps logs of ended applications takes 17 s to stop.
        configuration.setLong(YarnConfiguration.NM_LOG_RETAIN_SECONDS, 0);
        return configuration;
    }

    private Configuration coreSite() {
        Configuration configuration = new Configuration(false);
        configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
        return configuration;
    }

    /** The one queue of the capacity-scheduler.xml that Hadoop comes with. */
    private static Configuration queues() {
        Configuration configuration = new Configuration(false);
        configuration.set("yarn.scheduler.capacity.root.queues", "default");
        configuration.set("yarn.scheduler.capacity.root.default.capacity", "100");
        return configuration;
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
