/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportClient;
import io.kairos.yarn.protocol.Tally;
import io.kairos.yarn.testing.HttpPage;
import io.kairos.yarn.testing.InProcessCluster;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletResponse;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.http.FilterContainer;
import org.apache.hadoop.http.FilterInitializer;
import org.apache.hadoop.http.HttpServer2;
import org.apache.hadoop.http.lib.StaticUserWebFilter;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.MockAM;
import org.apache.hadoop.yarn.server.resourcemanager.MockNM;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page in a real ResourceManager, served by its own web server. */
class PageServletTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SLOTS = 2;

    private final Configuration configuration = InProcessCluster.configuration();
    private @Nullable InProcessCluster cluster;

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private InProcessCluster start() {
        configuration.setBoolean("mockrm.webapp.enabled", true);
        configuration.set(YarnConfiguration.RM_WEBAPP_ADDRESS, "localhost:0");
        InProcessCluster started = new InProcessCluster(configuration);
        cluster = started;
        started.start();
        return started;
    }

    private HttpPage get(InProcessCluster running, String path) throws IOException, InterruptedException {
        return HttpPage.get(URI.create(HttpPage.web(running.resourceManager()) + path));
    }

    private JsonNode data(InProcessCluster running, String path) throws IOException, InterruptedException {
        HttpPage answer = get(running, path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
        return MAPPER.readTree(answer.body());
    }

    @Test
    void thePageComesWithItsFilesAndRunsNothingElse() throws Exception {
        InProcessCluster running = start();
        for (Map.Entry<String, String> file : Map.of(
                        "/kairos", "text/html", "/kairos/page.css", "text/css", "/kairos/page.js", "text/javascript")
                .entrySet()) {
            HttpPage page = get(running, file.getKey());
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.type()).isEqualTo(file.getValue() + ";charset=utf-8");
            assertThat(page.policy())
                    .startsWith("default-src 'none'; script-src 'self';")
                    .doesNotContain("unsafe");
            assertThat(page.body()).doesNotContain("innerHTML", "eval(", " style=", " onclick=");
        }
        assertThat(get(running, "/kairos").body()).contains("<script src=\"kairos/page.js\" defer></script>");
        HttpPage slash = get(running, "/kairos/");
        assertThat(slash.status()).isEqualTo(302);
        assertThat(URI.create("http://any/kairos/").resolve(slash.location()).getPath())
                .isEqualTo("/kairos");
    }

    @Test
    void theClusterIsShownWithItsNodesAndWhoWaits() throws Exception {
        configuration.set(ResourceManagerKeys.POLICY.name(), "kairos-job");
        InProcessCluster running = start();
        MockNM node = running.node("127.0.0.1", SLOTS);
        MockAM application = running.application("default");
        running.ask(application, 5);
        running.await(application, SLOTS);
        report(running, node, application);

        JsonNode shown = data(running, "/kairos/data");
        assertThat(shown.path("mode").asText()).isEqualTo("enforce");
        assertThat(shown.path("policy").asText()).isEqualTo("kairos-job");
        assertThat(shown.path("placements").asInt()).isEqualTo(1 + SLOTS);
        assertThat(shown.path("asks").asInt()).isEqualTo(3);
        assertThat(shown.path("running").asInt()).isEqualTo(1);
        assertThat(shown.path("paused").asInt()).isEqualTo(1);
        assertThat(shown.path("guarantees").asInt()).isEqualTo(7);
        assertThat(shown.path("pauseFailures").asInt()).isEqualTo(3);
        assertThat(shown.path("warnings")).hasSize(1);
        assertThat(shown.path("warnings").get(0).asText()).endsWith("failed again and again: no freezer");
        JsonNode shownNode = shown.path("nodes").get(0);
        assertThat(shownNode.path("nodeId").asText()).isEqualTo("127.0.0.1:1234");
        assertThat(shownNode.path("tasks").asInt()).isEqualTo(SLOTS);
        assertThat(shownNode.path("attainedVariance").asDouble()).isEqualTo(6.25);
        JsonNode waiting = shown.path("waiting").get(0);
        assertThat(waiting.path("application").asText())
                .isEqualTo(
                        application.getApplicationAttemptId().getApplicationId().toString());
        assertThat(waiting.path("user").asText()).isEqualTo("tester");
        assertThat(waiting.path("asks").asInt()).isEqualTo(3);
        assertThat(waiting.path("placed").asInt()).isEqualTo(SLOTS);
        assertThat(waiting.path("attainedSeconds").asDouble()).isEqualTo(70);
        assertThat(waiting.path("workLeft").path("unfinished").asInt()).isEqualTo(5);

        InProcessCluster.await(() -> moments(running) > 0);
    }

    private int moments(InProcessCluster running) {
        try {
            return data(running, "/kairos/data").path("timeline").path("timeMs").size();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNodeThatDoesNotAnswerIsToldSoAndAContainerIsExplainedAllTheSame() throws Exception {
        InProcessCluster running = start();
        running.node("127.0.0.1", SLOTS);
        MockAM application = running.application("default");
        running.ask(application, 1);
        List<Container> placed = running.await(application, 1);

        JsonNode node = data(running, "/kairos/node?id=127.0.0.1:1234");
        assertThat(node.path("trouble").asText()).isEqualTo("http://127.0.0.1:2: nobody listens there");
        assertThat(node.path("tasks")).isEmpty();

        JsonNode why = data(running, "/kairos/why?id=" + placed.get(0).getId());
        assertThat(why.path("node").asText()).isEqualTo("127.0.0.1:1234");
        assertThat(why.path("sentences").toString())
                .contains(" of tester in queue ", "Placed there at ", "nobody listens there");
        JsonNode whole = data(
                running,
                "/kairos/why?id=" + application.getApplicationAttemptId().getApplicationId());
        assertThat(whole.path("sentences").toString())
                .contains("Of its containers 0 run, 0 are paused, 0 are held; 2 have");
    }

    @Test
    void whatIsNotThereIsRefusedInOneLine() throws Exception {
        InProcessCluster running = start();
        running.node("127.0.0.1", SLOTS);
        for (Map.Entry<String, String> wrong : Map.of(
                        "/kairos/nothing",
                        "there is nothing here: the page is at /kairos",
                        "/kairos/page.html",
                        "there is nothing here: the page is at /kairos",
                        "/kairos/node",
                        "no node of that name is registered: expected HOST:PORT of one that is",
                        "/kairos/node?id=nobody:1",
                        "no node of that name is registered: expected HOST:PORT of one that is",
                        "/kairos/why?id=%3Cb%3E",
                        "expected an id as container_1700000000000_0001_01_000002 or application_1700000000000_0001",
                        "/kairos/why?id=application_1_0001",
                        "application_1_0001: not on any node of this cluster and not among its newest placements;"
                                + " expected a container or an application of this cluster",
                        "/kairos/why?id=container_1_99999999999999999999_01_000001",
                        "container_1_99999999999999999999_01_000001: not on any node of this cluster and not among its"
                                + " newest placements; expected a container or an application of this cluster")
                .entrySet()) {
            HttpPage page = get(running, wrong.getKey());
            assertThat(page.status()).as(wrong.getKey()).isEqualTo(404);
            assertThat(page.type()).isEqualTo("text/plain;charset=utf-8");
            assertThat(page.body()).isEqualTo(wrong.getValue() + "\n");
        }
    }

    @Test
    void turnedOffThereIsNoPage() throws Exception {
        configuration.setBoolean(ResourceManagerKeys.PAGE.name(), false);
        InProcessCluster running = start();
        for (String path : List.of("/kairos", "/kairos/page.js", "/kairos/data")) {
            HttpPage page = get(running, path);
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.body()).isEqualTo("the page is turned off: yarn.resourcemanager.kairos.page is false\n");
        }
    }

    @Test
    void aFilterThatRefusesStandsBeforeAllOfIt() throws Exception {
        configuration.set(
                HttpServer2.FILTER_INITIALIZER_PROPERTY,
                StaticUserWebFilter.class.getName() + "," + Refusing.class.getName());
        InProcessCluster running = start();
        running.node("127.0.0.1", SLOTS);
        for (String path : List.of(
                "/cluster",
                "/jmx",
                "/kairos",
                "/kairos/",
                "/kairos/page.js",
                "/kairos/data",
                "/kairos/node?id=127.0.0.1:1234")) {
            HttpPage page = get(running, path);
            assertThat(page.status()).as(path).isEqualTo(HttpServletResponse.SC_PAYMENT_REQUIRED);
            assertThat(page.body()).doesNotContain("Kairos", "127.0.0.1:1234");
        }
    }

    @Test
    void whoMayNotReadJmxMayNotReadTheData() throws Exception {
        configuration.setBoolean(CommonConfigurationKeys.HADOOP_SECURITY_AUTHORIZATION, true);
        configuration.setBoolean(CommonConfigurationKeys.HADOOP_SECURITY_INSTRUMENTATION_REQUIRES_ADMIN, true);
        configuration.set(YarnConfiguration.YARN_ADMIN_ACL, "boss");
        InProcessCluster running = start();
        running.node("127.0.0.1", SLOTS);
        for (String path : List.of("/jmx", "/kairos/data", "/kairos/node?id=127.0.0.1:1234")) {
            assertThat(get(running, path + (path.contains("?") ? "&" : "?") + "user.name=clerk")
                            .status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(get(running, path + (path.contains("?") ? "&" : "?") + "user.name=boss")
                            .status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void whoseApplicationsAreHiddenByYarnAreHiddenHere() throws Exception {
        configuration.setBoolean(YarnConfiguration.YARN_ACL_ENABLE, true);
        configuration.set(YarnConfiguration.YARN_ADMIN_ACL, "boss");
        configuration.set("yarn.scheduler.capacity.root.acl_administer_queue", " ");
        configuration.set("yarn.scheduler.capacity.root.default.acl_administer_queue", " ");
        configuration.setBoolean(YarnConfiguration.FILTER_ENTITY_LIST_BY_USER, true);
        InProcessCluster running = start();
        running.resourceManager().getClientRMService().setDisplayPerUserApps(true); // which reads it where it listens
        running.node("127.0.0.1", 1);
        MockAM application = running.application("default");
        running.ask(application, 3);
        running.await(application, 1);
        String id = application.getApplicationAttemptId().getApplicationId().toString();
        for (Map.Entry<String, String> viewer :
                Map.of("tester", "tester", "boss", "tester", "stranger", "").entrySet()) {
            String as = "user.name=" + viewer.getKey();
            assertThat(get(running, "/ws/v1/cluster/apps?" + as).body().contains(id))
                    .as("YARN's own list, for " + viewer.getKey())
                    .isEqualTo(!viewer.getValue().isEmpty());
            JsonNode waiting =
                    data(running, "/kairos/data?" + as).path("waiting").get(0);
            assertThat(waiting.path("application").asText()).isEqualTo(id);
            assertThat(waiting.path("user").asText()).as(viewer.getKey()).isEqualTo(viewer.getValue());
            assertThat(data(running, "/kairos/why?id=" + id + "&" + as)
                            .toString()
                            .contains("of tester in queue"))
                    .as(viewer.getKey())
                    .isEqualTo(!viewer.getValue().isEmpty());
        }
    }

    private static void report(InProcessCluster running, MockNM node, MockAM application) throws Exception {
        Configuration client = InProcessCluster.configuration();
        client.set(
                ResourceManagerKeys.REPORT_ADDRESS.name(),
                "localhost:" + running.scheduler().reportAddress().orElseThrow().getPort());
        try (LoadReportClient reports = new LoadReportClient(client)) {
            reports.report(LoadReport.of(node.getNodeId(), 1, 1)
                    .slots(SLOTS)
                    .queueBound(0)
                    .tasks(1, 1, 0)
                    .attained(35, 6.25)
                    .application(application.getApplicationAttemptId().getApplicationId(), 70)
                    .tally(new Tally(7, 3, "no freezer"))
                    .build());
        }
    }

    /** Has every page refused, with a status that nothing else gives. */
    public static final class Refusing extends FilterInitializer {
        @Override
        public void initFilter(FilterContainer container, Configuration conf) {
            container.addFilter("refusing", Refusal.class.getName(), Map.of());
        }
    }

    /** The filter. */
    public static final class Refusal implements Filter {
        @Override
        public void init(FilterConfig filterConfig) {}

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_PAYMENT_REQUIRED);
        }

        @Override
        public void destroy() {}
    }
}
