/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.ServiceSummary;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.protocol.ApplicationTerms;
import io.kairos.yarn.protocol.EndedTasks;
import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportClient;
import io.kairos.yarn.protocol.LoadReportReply;
import io.kairos.yarn.protocol.Tally;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the ResourceManager of the node's load at a steady interval, and hands what it answers to the agent: the node's bound,
 * the mode, the terms of the applications, their keys where tasks are ordered by such. A report that does not get through is made
 * good by the next. Runs on one thread, which is not its own; {@link #soon} may be called by any.
 */
final class NodeReporter {
    private static final Logger LOG = LoggerFactory.getLogger(NodeReporter.class);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long ANSWER_SECONDS = 5;

    /** Until the mode is known: tasks that come meanwhile are treated as by a stock node. */
    private static final long FIRST_INTERVAL_MS = 200;

    /** Many tasks of a new application come at once. */
    private static final long SOON_MS = 20;

    private final ScheduledExecutorService executor;
    private final Context context;
    private final NodeAgent<ContainerId> agent;
    private final LoadReportClient client;
    private final RecoveryFile recovery;
    private final ModeChoice choice;
    private final Supplier<Tally> tally;
    private final KeyChoice keys = new KeyChoice();
    private final long epoch = System.currentTimeMillis();
    private final AtomicBoolean soon = new AtomicBoolean();
    private LiveSettings settings;
    private Future<?> next = CompletableFuture.completedFuture(null);
    private Mode mode;
    private long sequence;
    private Map<String, ApplicationTerms> told = Map.of();
    private boolean reachable = true;
    private boolean keysLapsed;

    /** When the ResourceManager last took a report, or this reporter was made. */
    private volatile long answeredNanos = System.nanoTime();

    /**
     * @param executor of one thread
     * @param tally what the node has done so far
     */
    NodeReporter(
            ScheduledExecutorService executor,
            Context context,
            NodeAgent<ContainerId> agent,
            LoadReportClient client,
            RecoveryFile recovery,
            LiveSettings settings,
            Supplier<Tally> tally) {
        this.executor = executor;
        this.context = context;
        this.agent = agent;
        this.client = client;
        this.recovery = recovery;
        this.settings = settings;
        this.tally = tally;
        this.choice = new ModeChoice(settings.mode(), System.nanoTime());
        this.mode = choice.at(System.nanoTime());
        agent.mode(mode);
    }

    void start() {
        LOG.info("Kairos is in mode {} ({})", mode, choice.source(System.nanoTime()));
        executor.execute(this::round);
    }

    /** One report more, now: an application came of which nothing is known yet. */
    void soon() {
        if (soon.compareAndSet(false, true)) {
            try {
                executor.schedule(this::reportOnceMore, SOON_MS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("the node stops", e);
            }
        }
    }

    /** Takes effect at once, the interval too. On the executor's thread. */
    void reconfigure(LiveSettings newSettings) {
        settings = newSettings;
        choice.own(newSettings.mode());
        Mode before = mode;
        mode = choice.at(System.nanoTime());
        if (mode != before) {
            tellMode(before);
        }
        agent.reconfigure(newSettings.node(), mode);
        next.cancel(false); // it was due after the old interval
        executor.execute(this::round);
    }

    void close() {
        client.close();
    }

    private void round() {
        reportAndApply();
        long interval = settings.reportInterval().toMillis();
        long delay = choice.waits(System.nanoTime()) ? Math.min(interval, FIRST_INTERVAL_MS) : interval;
        try {
            next = executor.schedule(this::round, delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the node stops", e);
        }
    }

    private void reportOnceMore() {
        soon.set(false);
        if (reachable) {
            reportAndApply();
        }
    }

    private void reportAndApply() {
        reportSafely();
        applyMode();
        applyKeys();
    }

    private void applyKeys() {
        long now = System.nanoTime();
        Map<String, Double> inForce = keys.at(now);
        agent.keys(inForce);
        if (keys.areTooOld(now) && !keysLapsed) {
            keysLapsed = true;
            LOG.info(
                    "Tasks are ordered by their own attained service until keys of applications are heard of again: no load"
                            + " report has got through for {} s",
                    TimeUnit.NANOSECONDS.toSeconds(KeyChoice.LONGEST_SILENCE_NANOS));
        } else if (keysLapsed && !inForce.isEmpty()) {
            keysLapsed = false;
            LOG.info("Tasks are ordered by the keys of their applications again");
        }
    }

    private void applyMode() {
        long now = System.nanoTime();
        Mode chosen = choice.at(now);
        if (chosen != mode) {
            Mode before = mode;
            mode = chosen;
            tellMode(before);
            agent.mode(chosen);
        }
    }

    private void tellMode(Mode before) {
        LOG.info("Kairos changes from mode {} to {} ({})", before, mode, choice.source(System.nanoTime()));
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
        } catch (ExecutionException | TimeoutException | RuntimeException | Error e) {
            // Errors, too: a round that threw one would be the last.
            LOG.warn("A load report was left out", e);
        }
    }

    private void report() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        writeDown();
        NodeId node = context.getNodeId();
        if (node == null) {
            return;
        }
        CompletableFuture<ServiceSummary> asked = agent.summary();
        Map<String, EndedTasks> ended = endedTasks();
        ServiceSummary summary = asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        LoadReportReply reply = client.report(message(node, summary, ended));
        answeredNanos = System.nanoTime();
        choice.heard(reply.mode());
        agent.launchBound(reply.bound());
        Map<String, ApplicationTerms> terms = new HashMap<>();
        reply.terms().forEach((application, told) -> terms.put(application.toString(), told));
        agent.terms(terms);
        hearKeys(summary, reply);
        if (!terms.equals(told)) {
            told = terms;
            writeDown(); // a restart may come before the next report
        }
    }

    private void hearKeys(ServiceSummary reported, LoadReportReply reply) {
        if (reported.attainedNanosByApplication().isEmpty()) {
            keys.heardNothingNew(answeredNanos);
            return;
        }
        Map<String, Double> told = new HashMap<>();
        reply.keys().forEach((application, key) -> told.put(application.toString(), key));
        keys.heard(told, answeredNanos);
    }

    /** Of the applications that the NodeManager knows: one is there before its first container comes, and until it is over. */
    private Map<String, EndedTasks> endedTasks() throws InterruptedException, ExecutionException, TimeoutException {
        return agent.endedTasks(
                        application -> context.getApplications().containsKey(ApplicationId.fromString(application)))
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private void writeDown() throws InterruptedException, ExecutionException, TimeoutException {
        recovery.write(
                agent.tasks().get(ANSWER_SECONDS, TimeUnit.SECONDS),
                agent.applicationTerms().get(ANSWER_SECONDS, TimeUnit.SECONDS),
                endedTasks(),
                this::isHere);
    }

    private boolean isHere(String id) {
        return id.startsWith("application_")
                ? context.getApplications().containsKey(ApplicationId.fromString(id))
                : context.getContainers().containsKey(ContainerId.fromString(id));
    }

    private LoadReport message(NodeId node, ServiceSummary summary, Map<String, EndedTasks> ended) {
        LoadReport.Builder message = LoadReport.of(node, epoch, ++sequence)
                .slots(settings.node().slots())
                .tasks(summary.running(), summary.paused(), summary.held())
                .attained(
                        summary.meanNanos() / NANOS_PER_SECOND,
                        summary.varianceNanos2() / (NANOS_PER_SECOND * NANOS_PER_SECOND))
                .runningBetween(
                        summary.leastRunningNanos() / NANOS_PER_SECOND, summary.mostRunningNanos() / NANOS_PER_SECOND)
                .mode(mode)
                .pausesNotMade(agent.pausesNotMade())
                .tally(tally.get());
        settings.queueBound().ifPresent(message::queueBound);
        for (Map.Entry<String, Long> entry :
                summary.attainedNanosByApplication().entrySet()) {
            message.application(ApplicationId.fromString(entry.getKey()), entry.getValue() / NANOS_PER_SECOND);
        }
        ended.forEach((application, tasks) -> message.ended(ApplicationId.fromString(application), tasks));
        return message.build();
    }
}
