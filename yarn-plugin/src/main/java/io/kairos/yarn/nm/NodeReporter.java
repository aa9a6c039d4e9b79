/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.ServiceSummary;
import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportClient;
import io.kairos.yarn.protocol.LoadReportReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the ResourceManager of the node's load at a steady interval, and hands its bound to the agent. A report that does not
 * get through is made good by the next. Has one thread of its own.
 */
final class NodeReporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeReporter.class);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long ANSWER_SECONDS = 5;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kairos-load-report");
        thread.setDaemon(true);
        return thread;
    });
    private final Context context;
    private final NodeAgent<ContainerId> agent;
    private final LoadReportClient client;
    private final AttainedServiceFile attainedService;
    private final Duration interval;
    private final int slots;
    private final OptionalInt queueBound;
    private final long epoch = System.currentTimeMillis();
    private long sequence;
    private boolean reachable = true;

    /** When the ResourceManager last took a report, or this reporter was made. */
    private volatile long answeredNanos = System.nanoTime();

    /** @param queueBound Q of this node alone; empty where the ResourceManager's holds */
    NodeReporter(
            Context context,
            NodeAgent<ContainerId> agent,
            LoadReportClient client,
            AttainedServiceFile attainedService,
            Duration interval,
            int slots,
            OptionalInt queueBound) {
        this.context = context;
        this.agent = agent;
        this.client = client;
        this.attainedService = attainedService;
        this.interval = interval;
        this.slots = slots;
        this.queueBound = queueBound;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::reportSafely, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        executor.shutdownNow();
        client.close();
        executor.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** How long no report has got through, seconds. Thread-safe. */
    double secondsSinceAnswer() {
        return (System.nanoTime() - answeredNanos) / NANOS_PER_SECOND;
    }

    private void reportSafely() {
        try {
            report();
            if (!reachable) {
                LOG.info("Load reports reach the ResourceManager again");
                reachable = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Said once, not each interval: a ResourceManager may be away for long, and tasks go on without it.
            if (reachable) {
                LOG.warn("Load reports do not get through: {}", e.getMessage());
                reachable = false;
            }
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.warn("A load report was left out", e);
        }
    }

    private void report() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        attainedService.write(agent.tasks().get(ANSWER_SECONDS, TimeUnit.SECONDS));
        NodeId node = context.getNodeId();
        if (node == null) {
            return;
        }
        ServiceSummary summary = agent.summary().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        LoadReportReply reply = client.report(message(node, summary));
        answeredNanos = System.nanoTime();
        agent.launchBound(Math.max(reply.bound(), slots));
    }

    private LoadReport message(NodeId node, ServiceSummary summary) {
        LoadReport.Builder message = LoadReport.of(node, epoch, ++sequence)
                .slots(slots)
                .tasks(summary.running(), summary.paused(), summary.held())
                .attained(
                        summary.meanNanos() / NANOS_PER_SECOND,
                        summary.varianceNanos2() / (NANOS_PER_SECOND * NANOS_PER_SECOND))
                .runningBetween(
                        summary.leastRunningNanos() / NANOS_PER_SECOND, summary.mostRunningNanos() / NANOS_PER_SECOND);
        queueBound.ifPresent(message::queueBound);
        for (Map.Entry<String, Long> entry :
                summary.attainedNanosByApplication().entrySet()) {
            message.application(ApplicationId.fromString(entry.getKey()), entry.getValue() / NANOS_PER_SECOND);
        }
        return message.build();
    }
}
