/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.eval.demo.YarnRun;
import io.kairos.yarn.Version;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.nm.KairosContainerExecutor;
import io.kairos.yarn.nm.KairosContainersLauncher;
import io.kairos.yarn.rm.KairosScheduler;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.webapp.util.WebAppUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real ResourceManager and a real NodeManager with one slot. Of three tasks the first is paused for the second, which must not
 * be paused, so the third is held: what metrics, JMX, Prometheus, YARN's own pages and the commands say of that.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class WatchClusterTest {
    private static final String ENDLESS = "while true; do sleep 0.1; done";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private MiniCluster cluster;
    private TestApplication application;
    private String web;
    private String paused;
    private String running;
    private String held;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path files) throws Exception {
        folder = files;
        Configuration configuration = MiniCluster.configuration();
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        configuration.set(YarnConfiguration.NM_CONTAINER_EXECUTOR, KairosContainerExecutor.class.getName());
        configuration.set(YarnConfiguration.NM_CONTAINERS_LAUNCHER_CLASS, KairosContainersLauncher.class.getName());
        configuration.set(NodeManagerKeys.PAUSER.name(), "signal");
        configuration.setInt(NodeManagerKeys.SLOTS.name(), 1);
        configuration.setInt(NodeManagerKeys.REPORT_INTERVAL.name(), 100);
        configuration.setBoolean("hadoop.prometheus.endpoint.enabled", true);
        cluster = MiniCluster.start("watch", configuration, 1);
        web = WebAppUtils.getRMWebAppURLWithScheme(cluster.clientConfiguration());
        TestApplication.await(() -> beans(web, "ResourceManager")
                        .get(0)
                        .path("Nodes")
                        .path(0)
                        .path("bound")
                        .asInt()
                == 5);

        application = TestApplication.submit(cluster, "default");
        application.ask(3, 64);
        List<Container> containers = application.awaitAllocated(3);
        paused = launch(containers.get(0), true);
        TestApplication.await(() -> state(paused).equals("running"));
        running = launch(containers.get(1), false);
        TestApplication.await(
                () -> state(running).equals("running") && state(paused).equals("paused"));
        held = launch(containers.get(2), true);
        TestApplication.await(() -> state(held).equals("held")
                && beans(web, "ResourceManager")
                                .get(0)
                                .path("Nodes")
                                .path(0)
                                .path("held")
                                .asInt()
                        == 1);
    }

    @AfterAll
    void stop() throws Exception {
        if (application != null) {
            application.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void statusShowsTheNodeAndWhatIsOnIt() throws Exception {
        Path file = folder.resolve("status.json");
        assertThat(run("status", "--rm", web, "--json", file.toString())).isEqualTo(0);

        assertThat(lines())
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line ->
                        line.startsWith(node()) && line.substring(28).strip().matches("1 +5 +3 +1 +1 +1 .*"));
        assertThat(lines()).noneMatch(line -> line.startsWith("warning"));
        JsonNode status = json.readTree(Files.readString(file));
        assertThat(status.path("placements").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(status.path("nodes").path(0).path("paused").asInt()).isEqualTo(1);
    }

    @Test
    void topAddsUpTheTasksOfAnApplication() throws Exception {
        Path file = folder.resolve("top.json");
        assertThat(run("top", "--rm", web, "--once", "--json", file.toString())).isEqualTo(0);

        assertThat(lines())
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.startsWith(application.id().toString())
                        && line.contains(" default ")
                        && line.matches(".* 1 +1 +1 +[0-9.]+"));
        JsonNode row =
                json.readTree(Files.readString(file)).path("applications").path(0);
        assertThat(row.path("user").asText()).isEqualTo(System.getProperty("user.name"));
        assertThat(row.path("attainedSeconds").asDouble()).isPositive();
    }

    @Test
    void whyTellsThePlacementAndTheDecisions() throws Exception {
        assertThat(run("why", paused, "--rm", web)).isEqualTo(0);
        assertThat(text())
                .contains(paused + " is on " + node() + ", paused.")
                .contains("of the nodes with room it had the fewest tasks, 0 of 5 it may have, and no other had as few")
                .contains("launched, with 0.0 s of service attained: a slot was free")
                .containsPattern("paused for the 1st time, it had attained [0-9.]+ s, more than " + running
                        + ", which takes its place with 0.0 s");

        assertThat(run("why", held, "--rm", web)).isEqualTo(0);
        assertThat(text())
                .contains("held: it is not launched yet.")
                .contains(
                        "held, for all slots are busy with tasks that do not give way to it now: 1 run, 1 are paused");

        Path file = folder.resolve("why.json");
        assertThat(run("why", running, "--rm", web, "--json", file.toString())).isEqualTo(0);
        assertThat(text()).contains("it must not be paused");
        JsonNode container =
                json.readTree(Files.readString(file)).path("containers").path(0);
        assertThat(container.path("placement").path("tied").asInt()).isEqualTo(1);
        assertThat(container.path("decisions").path(0).path("other").asText()).isEqualTo(paused);
    }

    @Test
    void whyOfAnApplicationNamesEachOfItsTasks() throws Exception {
        Files.writeString(
                folder.resolve("yarn-site.xml"),
                "<configuration><property><name>yarn.resourcemanager.webapp.address</name><value>"
                        + URI.create(web).getAuthority() + "</value></property></configuration>");
        assertThat(run("why", application.id().toString(), "--conf", folder.toString()))
                .isEqualTo(0);
        assertThat(text())
                .contains("in queue root.default, is running.")
                .contains("Of its containers 1 run, 1 are paused, 1 are held; 0 have ended or are no tasks.")
                .contains(held + " on " + node());
    }

    /** Its files are those of another site, so that only what the daemons say is looked at here. */
    @Test
    void doctorLooksOverTheDaemons() throws Exception {
        Path conf = Files.createDirectories(folder.resolve("doctor"));
        Files.writeString(
                conf.resolve("yarn-site.xml"),
                "<configuration><property><name>yarn.resourcemanager.kairos.report.address</name><value>"
                        + cluster.clientConfiguration().get("yarn.resourcemanager.kairos.report.address")
                        + "</value></property></configuration>");
        Path file = conf.resolve("doctor.json");

        assertThat(run("doctor", "--conf", conf.toString(), "--rm", web, "--no-node", "--json", file.toString()))
                .isEqualTo(1);
        assertThat(json.readTree(Files.readString(file)).path("findings"))
                .as(text())
                .extracting(finding -> finding.path("name").asText())
                .containsExactly("no-kairos");
        for (JsonNode unchecked : json.readTree(Files.readString(file)).path("notChecked")) {
            assertThat(unchecked.path("what").asText()).doesNotContain("cluster", "nodes", "Hadoop");
        }
    }

    @Test
    void theBeansTellVersionAndTime() throws Exception {
        for (String service : List.of("ResourceManager", "NodeManager")) {
            JsonNode bean = beans(service.equals("NodeManager") ? nodeWeb() : web, service)
                    .get(0);
            assertThat(bean.path("Version").asText()).isEqualTo(Version.text());
            assertThat(bean.path("TimeMs").asLong())
                    .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
        }
        assertThat(beans(nodeWeb(), "NodeManager")
                        .get(0)
                        .path("SettingsRefused")
                        .asText("none"))
                .isEmpty();
    }

    @Test
    void anUnknownContainerIsOneLineAndStatusOne() {
        assertThat(run("why", "container_1_0001_01_000009", "--rm", web)).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("kairos why: container_1_0001_01_000009: not on any node of " + web);
    }

    @Test
    void metricsOfBothTiersAreInJmxAndAtProm() throws Exception {
        // While a periodic sample is under way Hadoop gives out the one before.
        TestApplication.await(
                () -> get(web + "/prom").lines().anyMatch(line -> line.matches("kairos_node_metrics_held_tasks.* 1")));
        String metrics = get(web + "/prom");
        assertThat(metrics)
                .containsPattern("kairos_scheduler_metrics_placements\\{[^}]*} [3-9]")
                .containsPattern("kairos_scheduler_metrics_paused_tasks\\{[^}]*} 1")
                .containsPattern("kairos_node_metrics_paused_tasks\\{[^}]*} 1")
                .containsPattern("kairos_node_metrics_held_tasks\\{[^}]*} 1")
                .containsPattern("kairos_node_metrics_preemptions\\{[^}]*} 1")
                .containsPattern("kairos_node_metrics_pausing_off\\{[^}]*} 0")
                .contains("kairos_node_metrics_pause60s");
        String jmx = get(web + "/jmx?qry=Hadoop:*,name=Kairos*Metrics*");
        assertThat(jmx).contains("KairosSchedulerMetrics", "KairosNodeMetrics", "Decision60s99thPercentileLatencyUs");
    }

    @Test
    void yarnsOwnPagesCountPausedAndHeldTasksAsContainers() throws Exception {
        JsonNode node = json.readTree(get(web + "/ws/v1/cluster/nodes"))
                .path("nodes")
                .path("node")
                .path(0);
        assertThat(node.path("numContainers").asInt()).isEqualTo(3);
        assertThat(node.path("usedVirtualCores").asInt()).isEqualTo(3);
        assertThat(node.path("usedMemoryMB").asInt()).isEqualTo(192);
        assertThat(node.path("state").asText()).isEqualTo("RUNNING");
        JsonNode app = json.readTree(get(web + "/ws/v1/cluster/apps/" + application.id()))
                .path("app");
        assertThat(app.path("runningContainers").asInt()).isEqualTo(3);
        assertThat(app.path("state").asText()).isEqualTo("RUNNING");
        JsonNode sums = json.readTree(get(web + "/ws/v1/cluster/metrics")).path("clusterMetrics");
        assertThat(sums.path("containersAllocated").asInt()).isEqualTo(3);
        assertThat(sums.path("containersPending").asInt()).isZero();
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Console console = new Console(print(out), print(err), false, false);
        return KairosCommand.commandLine(YarnRun::new, console).execute(arguments);
    }

    private static PrintStream print(OutputStream stream) {
        return new PrintStream(stream, true, UTF_8);
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    /** With its wrapped lines as one. */
    private String text() {
        return String.join(" ", lines()).replaceAll(" +", " ");
    }

    private String node() {
        return cluster.nodes().get(0).toString();
    }

    private String state(String container) throws Exception {
        for (JsonNode task : beans(nodeWeb(), "NodeManager").get(0).path("Tasks")) {
            if (task.path("container").asText().equals(container)) {
                return task.path("state").asText();
            }
        }
        return "gone";
    }

    private String nodeWeb() {
        return "http://localhost:" + cluster.nodeManager(0).getNMContext().getHttpPort();
    }

    private JsonNode beans(String daemon, String service) throws Exception {
        return json.readTree(get(daemon + "/jmx?qry=Hadoop:service=" + service + ",name=Kairos"))
                .path("beans");
    }

    private String get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Accept", "application/json, text/plain;q=0.5")
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private String launch(Container container, boolean preemptable) throws Exception {
        ContainerLaunchContext launch = TestApplication.launch(ENDLESS);
        launch.setEnvironment(Map.of(KairosContainersLauncher.PREEMPTABLE, Boolean.toString(preemptable)));
        application.start(container, launch);
        return container.getId().toString();
    }
}
