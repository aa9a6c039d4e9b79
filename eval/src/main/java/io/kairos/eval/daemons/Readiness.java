/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.yarn.why.WebPages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether a cluster answers: one ResourceManager is active and has all nodes, and so on for what else there is. */
final class Readiness {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final WebPages pages = WebPages.withTicket();

    /**
     * Waits until all answer.
     *
     * @throws IOException one line: a daemon has ended, or something does not answer in time
     */
    void await(Register cluster, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            for (Daemon daemon : cluster.daemons()) {
                if (!daemon.isAlive()) {
                    Path log = Path.of(daemon.log());
                    throw new IOException(daemon.name() + " ended: " + DaemonLog.lastError(log) + "; see " + log);
                }
            }
            String missing = missing(cluster);
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("after " + limit.toSeconds() + " s " + missing + "; see the logs beside "
                        + cluster.daemons().get(0).log());
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    /** What does not answer yet, in words; empty if all do. */
    private String missing(Register cluster) throws InterruptedException {
        long nodes = activeNodes(cluster.webAddresses());
        if (nodes < 0) {
            return "no ResourceManager is active";
        }
        if (nodes < cluster.settings().nodes()) {
            return "only " + nodes + " of " + cluster.settings().nodes() + " nodes are there";
        }
        if (ask(cluster.history(), "/ws/v1/history/info").isMissingNode()) {
            return "the history server does not answer";
        }
        if (cluster.settings().hdfs() && !hasData(cluster.nameNode())) {
            return "HDFS has no DataNode or is in safe mode";
        }
        return "";
    }

    /** Nodes of the active ResourceManager, -1 if none is active. */
    private long activeNodes(List<String> webAddresses) throws InterruptedException {
        for (String address : webAddresses) {
            JsonNode info = ask(address, "/ws/v1/cluster/info").path("clusterInfo");
            if (info.path("haState").asText().equals("ACTIVE")
                    && info.path("state").asText().equals("STARTED")) {
                return ask(address, "/ws/v1/cluster/metrics")
                        .path("clusterMetrics")
                        .path("activeNodes")
                        .asLong(-1);
            }
        }
        return -1;
    }

    private boolean hasData(String nameNode) throws InterruptedException {
        JsonNode bean = ask(nameNode, "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState")
                .path("beans")
                .path(0);
        return bean.path("NumLiveDataNodes").asInt() > 0
                && bean.path("FSState").asText().equals("Operational");
    }

    private JsonNode ask(String address, String page) throws InterruptedException {
        try {
            return pages.json(URI.create(address + page));
        } catch (IOException notYet) {
            return WebPages.none();
        }
    }
}
