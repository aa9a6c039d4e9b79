/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.NodeScheduler;
import io.kairos.node.ServiceMeasure;
import io.kairos.node.TaskOrders;
import io.kairos.node.meter.CpuMeter;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.protocol.LoadReportClient;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one NodeManager's node tier, put together, started and stopped as one. */
final class NodeTier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTier.class);
    private static final long RELEASE_SECONDS = 10;
    private static final long ANSWER_SECONDS = 5;
    private static final long WATCH_MS = 1_000;

    private final ContainerControl control;
    private final NodeJournal journal;
    private final NodeSight sight;
    private final NodeAgent<ContainerId> agent;
    private final SilenceLimits silence;
    private final AgentThread thread;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kairos-load-report");
        thread.setDaemon(true);
        return thread;
    });
    private final NodeReporter reporter;
    private final Optional<SettingsWatch> watch;
    private final RecoveryFile recovery;
    private final @Nullable ContainerMeter meter;
    private volatile LiveSettings settings;
    private boolean started;

    NodeTier(Configuration configuration, Context context, ContainerControl control) {
        this.control = control;
        settings = LiveSettings.read(configuration);
        // Also what nothing here reads: a value that is bad now would be refused at the first change of another one.
        SettingsWatch.KEYS.forEach(key -> key.read(configuration));
        journal = new NodeJournal(
                NodeManagerKeys.DECISION_LOG.read(configuration).orElse(null),
                () -> context.getNodeId().toString(),
                System::nanoTime,
                System::currentTimeMillis);
        sight = new NodeSight(
                () -> String.valueOf(context.getNodeId()), () -> settings.node().slots());
        ServiceMeasure measure = NodeSettingsReader.measure(configuration);
        meter = measure == ServiceMeasure.CPU ? openMeter(control) : null;
        agent = new NodeAgent<>(
                settings.node(),
                parameters -> new NodeScheduler<>(parameters, TaskOrders.attainedService(), measure),
                control,
                meter,
                new BothListeners<>(journal, sight),
                System::nanoTime);
        silence = new SilenceLimits(agent::limitSilence);
        control.whenPaused(silence::look);
        thread = new AgentThread(agent);
        recovery = RecoveryFile.of(configuration);
        recovery.ended().forEach(agent::endedBefore);
        reporter = new NodeReporter(
                executor,
                context,
                agent,
                new LoadReportClient(configuration),
                recovery,
                settings,
                () -> sight.tally(control.pausingOffBecause()));
        agent.whenStrange(reporter::soon);
        watch = SettingsWatch.file(configuration)
                .map(file -> new SettingsWatch(file, configuration, System::nanoTime, this::reconfigure));
    }

    private void reconfigure(LiveSettings fresh) {
        settings = fresh;
        reporter.reconfigure(fresh);
    }

    private static ContainerMeter openMeter(ContainerControl control) {
        try {
            CpuMeter cpu = new CpuMeter();
            LOG.info("Attained service is CPU time, read {}", cpu.describe());
            return new ContainerMeter(cpu::read, control::processId, id -> control.get(id) != null);
        } catch (IOException e) {
            throw new SettingException(
                    NodeManagerKeys.ATTAINED_SERVICE.name() + " is 'cpu': expected wall here, for " + e.getMessage());
        }
    }

    NodeAgent<ContainerId> agent() {
        return agent;
    }

    /** What was known of a task before the NodeManager restarted. */
    RecoveryFile.Recovered recovered(ContainerId task) {
        return recovery.recovered(task);
    }

    void start() {
        journal.prepare();
        thread.start();
        reporter.start();
        watch.ifPresent(polled ->
                executor.scheduleWithFixedDelay(() -> poll(polled), WATCH_MS, WATCH_MS, TimeUnit.MILLISECONDS));
        sight.open(
                agent, control::pausingOffBecause, reporter::secondsSinceAnswer, () -> watch.map(SettingsWatch::refused)
                        .orElse(""));
        started = true;
    }

    private static void poll(SettingsWatch watch) {
        try {
            watch.poll();
        } catch (RuntimeException | Error e) {
            // Errors, too: a look that threw one would be the last.
            LOG.error("The settings were not looked at", e);
        }
    }

    /** Leaves no task frozen: whoever outlives this NodeManager runs on, and is found and adopted after the restart. */
    @Override
    public void close() throws Exception {
        sight.close();
        silence.close();
        executor.shutdownNow();
        reporter.close();
        if (started) {
            executor.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS);
            control.stopping();
            agent.release().get(RELEASE_SECONDS, TimeUnit.SECONDS);
            thread.close();
        }
        if (meter != null) {
            meter.close();
        }
        journal.close();
    }
}
