/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportClient;
import io.kairos.yarn.protocol.LoadReportReply;
import io.kairos.yarn.protocol.LoadReportRpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.yarn.api.records.NodeId;

/**
 * Sends load reports of many nodes over Hadoop IPC on this machine at a steady rate, from construction until it is closed. Some
 * threads stand for all nodes: each report is a call of its own that waits for its answer.
 */
final class ReportFeed implements AutoCloseable {
    private static final int SENDERS = 16;
    private static final int HANDLERS = 4;
    private static final double NANOS = 1e9;

    private final RPC.Server server;
    private final List<Thread> senders = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong sequence;
    private volatile boolean closed;

    /**
     * @param sequence of the reports; shared by all feeds of one desk
     * @throws IOException no port was free
     */
    ReportFeed(List<NodeId> nodes, double perSecond, AtomicLong sequence, Function<LoadReport, LoadReportReply> handler)
            throws IOException {
        this.sequence = sequence;
        Configuration configuration = new Configuration(false);
        server = LoadReportRpc.server(configuration, new InetSocketAddress("localhost", 0), HANDLERS, handler);
        server.start();
        configuration.set(
                ResourceManagerKeys.REPORT_ADDRESS.name(),
                NetUtils.getHostPortString(NetUtils.getConnectAddress(server)));
        for (int sender = 0; sender < SENDERS; sender++) {
            List<NodeId> own = new ArrayList<>();
            for (int node = sender; node < nodes.size(); node += SENDERS) {
                own.add(nodes.get(node));
            }
            int seed = sender;
            Thread thread = new Thread(() -> send(configuration, own, perSecond / SENDERS, seed), "report-feed");
            thread.setDaemon(true);
            senders.add(thread);
            thread.start();
        }
    }

    /** Reports answered so far. */
    long answered() {
        return answered.get();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (Thread sender : senders) {
            sender.join();
        }
        server.stop();
    }

    private void send(Configuration configuration, List<NodeId> nodes, double perSecond, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long start = System.nanoTime();
        try (LoadReportClient client = new LoadReportClient(configuration)) {
            for (long sent = 0; !closed; sent++) {
                long early = start + (long) (sent * NANOS / perSecond) - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(early);
                }
                NodeId node = nodes.get((int) (sent % nodes.size()));
                client.report(LoadReport.of(node, 1, sequence.incrementAndGet())
                        .slots(16)
                        .tasks(1, 0, 0)
                        .attained(random.nextDouble(100), random.nextDouble(100))
                        .build());
                answered.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a load report was not answered: " + e.getMessage(), e);
        }
    }
}
