/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.kairos.yarn.rm.NodeRow;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages as a daemon, or whoever listens in its place, may answer them to the ResourceManager. */
class WebPagesTest {
    private final WebPages pages = WebPages.withoutTicket(null);
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(handlers);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        handlers.shutdownNow();
    }

    private URI at(HttpHandler handler) {
        server.createContext("/jmx", handler);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void aPageThatWantsKerberosIsToldAsSuch() {
        URI daemon = at(exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Negotiate");
            exchange.sendResponseHeaders(401, -1);
        });
        assertThatIOException()
                .isThrownBy(() -> pages.beans(daemon, "Hadoop:*"))
                .withMessage(daemon
                        + ": it wants Kerberos, and is asked without a ticket here; kairos why and kairos top ask"
                        + " with yours");
    }

    @Test
    void noPageSendsItAnywhereElse() {
        URI daemon = at(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });
        assertThatIOException()
                .isThrownBy(() -> pages.beans(daemon, "Hadoop:*"))
                .withMessage(daemon + ": HTTP status 302, expected 200");
    }

    @Test
    void whoSendsWithoutEndIsNotHeardToTheEnd() {
        URI daemon = at(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = " ".repeat(1 << 20).getBytes(UTF_8);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 64; i++) {
                    out.write(part);
                }
            }
        });
        assertThatIOException()
                .isThrownBy(() -> pages.beans(daemon, "Hadoop:*"))
                .withMessageStartingWith(daemon + ": more than ")
                .withMessageEndingWith(" bytes");
    }

    @Test
    void whoStopsInTheMiddleOfHisAnswerIsNotWaitedFor() {
        CountDownLatch over = new CountDownLatch(1);
        URI daemon = at(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"beans\":[".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            assertThatIOException()
                    .isThrownBy(() -> pages.beans(daemon, "Hadoop:*"))
                    .withMessage(daemon + ": no answer within 3 s");
        } finally {
            over.countDown();
        }
    }

    @Test
    void aNodeWithAnAddressThatIsNoneIsToldAsSuch() throws InterruptedException {
        NodeRow row = new NodeRow("node:1", "a b:c", "", 1, 1, 0, 0, 0, 0, 0, 0, "", 0, -1, -1, "", -1, false);
        assertThat(new NodePages(pages).ask("http", row).trouble()).isEqualTo("node:1: its web address is 'a b:c'");
    }
}
