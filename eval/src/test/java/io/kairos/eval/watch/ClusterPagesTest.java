/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import io.kairos.eval.report.Lines;
import io.kairos.yarn.rm.WorkLeftRow;
import io.kairos.yarn.why.NodeAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Daemons whose pages are written down here. */
class ClusterPagesTest {
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void aStandbyIsPassedOver() throws Exception {
        URI standby = daemon(Map.of("/jmx", "{\"beans\":[]}", "/ws/v1/cluster/info", haState("STANDBY")));
        URI active = daemon(Map.of("/jmx", central("")));
        try (ClusterPages cluster = new ClusterPages(List.of(standby, active))) {
            assertThat(cluster.central().address()).isEqualTo(active);
        }
    }

    @Test
    void whereNoneIsActiveEachIsToldInOneLine() throws Exception {
        URI standby = daemon(Map.of("/jmx", "{\"beans\":[]}", "/ws/v1/cluster/info", haState("STANDBY")));
        URI stock = daemon(Map.of("/jmx", "{\"beans\":[]}", "/ws/v1/cluster/info", haState("ACTIVE")));
        URI other = daemon(Map.of("/jmx", "<html>"));
        URI nobody = daemon(Map.of());
        servers.get(3).stop(0);
        try (ClusterPages cluster = new ClusterPages(List.of(standby, stock, other, nobody))) {
            assertThatIOException()
                    .isThrownBy(cluster::central)
                    .withMessage(standby + ": on standby; " + stock + ": a ResourceManager without Kairos; " + other
                            + ": expected JSON, as the web pages of YARN's daemons give; " + nobody
                            + ": nobody listens there; expected the web address of an active ResourceManager whose"
                            + " scheduler is io.kairos.yarn.rm.KairosScheduler");
        }
    }

    @Test
    void aPageThatMayNotBeReadIsToldSo() throws Exception {
        URI closed = daemon(Map.of());
        try (ClusterPages cluster = new ClusterPages(List.of(closed))) {
            assertThatIOException().isThrownBy(cluster::central).withMessageContaining("HTTP status 404, expected 200");
        }
    }

    @Test
    void nodesThatDoNotAnswerPauseNothingOrReportNothingAreWarnings() throws Exception {
        URI sick = daemon(Map.of("/jmx", node("sick:1", "the disk is full")));
        URI silent = daemon(Map.of());
        servers.get(1).stop(0);
        URI active = daemon(Map.of(
                "/jmx",
                central(row("sick:1", sick, "observe", 0.2) + "," + row("silent:1", silent, "enforce", 60) + ","
                        + row("new:1", silent, "", -1))));
        try (ClusterPages cluster = new ClusterPages(List.of(active))) {
            ClusterPages.Central central = cluster.central();
            List<NodeAnswer> nodes = cluster.nodes(central);
            ClusterStatus status = ClusterStatus.of(central, nodes);

            assertThat(status.warnings())
                    .containsExactly(
                            "sick:1 refuses its yarn-site.xml as it is now and goes on with its old settings: key is 'x'",
                            "sick:1 pauses nothing, for pauses failed again and again: the disk is full",
                            "silent:1 sent its last load report 60.0 s ago: what it said is as good as unknown by now",
                            "silent:1 tells nothing of its tasks: " + silent + ": nobody listens there",
                            "silent:1 is in mode enforce, the ResourceManager in mode observe",
                            "new:1 has sent no load report: it takes as many tasks as it has vcores, and none beyond",
                            "new:1 tells nothing of its tasks: " + silent + ": nobody listens there");
            assertThat(nodes.get(0).version()).isEqualTo("1.2");
            assertThat(nodes.get(0).aheadMs()).isBetween(30_000L, 60_000L);
            assertThat(nodes.get(1).aheadMs()).isNull();
            assertThat(central.aheadMs()).isNull();
            assertThat(status.guaranteeGrants()).isEqualTo(3);
            assertThat(status.lines()).allMatch(line -> line.length() <= Lines.WIDTH);
            assertThat(status.lines())
                    .contains("only observed: 14 pauses would have been made since the nodes started");
            assertThat(status.lines()).anyMatch(line -> line.matches("new:1 .* - +- +- +never +-"));

            Ranking ranking = Ranking.of(nodes, Map.of(), List.of());
            assertThat(ranking.silentNodes()).hasSize(2);
            assertThat(ranking.applications())
                    .extracting(Ranking.Row::application)
                    .containsExactly("application_1_0002", "application_1_0001");
            assertThat(ranking.lines(1)).contains("... and 1 more");

            WorkLeftRow left = new WorkLeftRow("application_1_0001", 12_345, 40, 12, 3, 1, false);
            List<String> withWorkLeft =
                    Ranking.of(nodes, Map.of(), List.of(left)).lines(9);
            assertThat(withWorkLeft).allMatch(line -> line.length() <= Lines.WIDTH);
            assertThat(withWorkLeft).anyMatch(line -> line.matches("application_1_0001 .* 2\\.00? +12345"));
            assertThat(withWorkLeft).anyMatch(line -> line.matches("application_1_0002 .* 9\\.00? +-"));
        }
    }

    private static String haState(String state) {
        return "{\"clusterInfo\":{\"haState\":\"" + state + "\"}}";
    }

    private static String central(String rows) {
        return "{\"beans\":[{\"name\":\"Hadoop:service=ResourceManager,name=KairosSchedulerMetrics\",\"Nodes\":3},"
                + "{\"name\":\"Hadoop:service=ResourceManager,name=Kairos\",\"Mode\":\"observe\",\"Nodes\":["
                + rows + "]}]}";
    }

    private static String row(String node, URI web, String mode, double age) {
        return "{\"nodeId\":\"" + node + "\",\"httpAddress\":\"" + web.getAuthority()
                + "\",\"slots\":1,\"bound\":5,\"tasks\":3,\"attainedVariance\":123456789.5,\"mode\":\"" + mode
                + "\",\"pausesNotMade\":" + (age < 0 ? 0 : 7) + ",\"reportAgeSeconds\":" + age
                + ",\"reportLate\":" + (age > 5) + "}";
    }

    private static String node(String id, String trouble) {
        return "{\"beans\":[{\"name\":\"Hadoop:service=NodeManager,name=Kairos\",\"NodeId\":\"other:1\",\"Tasks\":[]},"
                + "{\"name\":\"Hadoop:service=NodeManager,name=Kairos-2\",\"NodeId\":\"" + id + "\",\"PausingOff\":\""
                + trouble + "\",\"SettingsRefused\":\"key is 'x'\",\"Version\":\"1.2\",\"TimeMs\":"
                + (System.currentTimeMillis() + 60_000) + ",\"GuaranteeGrants\":3,\"Tasks\":[" + task(1, "paused", 2)
                + "," + task(2, "held", 0)
                + "," + task(2, "guaranteed", 9) + "]}]}";
    }

    private static String task(int application, String state, double attained) {
        return "{\"container\":\"container_1_0001_01_000002\",\"application\":\"application_1_000" + application
                + "\",\"state\":\"" + state + "\",\"attainedSeconds\":" + attained + "}";
    }

    private URI daemon(Map<String, String> pages) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        servers.add(server);
        pages.forEach((path, body) -> server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream stream = exchange.getResponseBody()) {
                stream.write(bytes);
            }
        }));
        server.start();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
