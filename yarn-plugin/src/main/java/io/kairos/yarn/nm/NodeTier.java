/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.ServiceMeasure;
import io.kairos.node.TaskOrders;
import io.kairos.node.meter.CpuMeter;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.protocol.LoadReportClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
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

    private final ContainerControl control;
    private final NodeJournal journal;
    private final NodeSight sight;
    private final NodeAgent<ContainerId> agent;
    private final AgentThread thread;
    private final NodeReporter reporter;
    private final AttainedServiceFile attainedService;
    private final @Nullable ContainerMeter meter;
    private boolean started;

    NodeTier(Configuration configuration, Context context, ContainerControl control) {
        this.control = control;
        NodeSettings settings = NodeSettingsReader.read(configuration);
        String folder = NodeManagerKeys.DECISION_LOG.read(configuration);
        journal = new NodeJournal(
                folder.isEmpty() ? null : Path.of(folder),
                () -> context.getNodeId().toString(),
                System::nanoTime,
                System::currentTimeMillis);
        sight = new NodeSight(() -> String.valueOf(context.getNodeId()), settings.slots());
        ServiceMeasure measure = NodeSettingsReader.measure(configuration);
        meter = measure == ServiceMeasure.CPU ? openMeter(control) : null;
        agent = new NodeAgent<>(
                () -> new NodeScheduler<>(settings, TaskOrders.attainedService(), measure),
                control,
                meter,
                new BothListeners<>(journal, sight),
                System::nanoTime);
        thread = new AgentThread(agent);
        attainedService = AttainedServiceFile.of(configuration);
        reporter = new NodeReporter(
                context,
                agent,
                new LoadReportClient(configuration),
                attainedService,
                NodeManagerKeys.REPORT_INTERVAL.read(configuration),
                settings.slots(),
                NodeManagerKeys.QUEUE_BOUND
                        .read(configuration)
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty));
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

    /** What a task had attained before the NodeManager restarted, nanoseconds; 0 if that is not known. */
    long attainedBefore(ContainerId task) {
        return attainedService.recovered(task);
    }

    void start() {
        thread.start();
        reporter.start();
        sight.open(agent, control::pausingOffBecause, reporter::secondsSinceAnswer);
        started = true;
    }

    /** Leaves no task frozen: whoever outlives this NodeManager runs on, and is found and adopted after the restart. */
    @Override
    public void close() throws Exception {
        sight.close();
        if (started) {
            reporter.close();
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
