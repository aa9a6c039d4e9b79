/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskRequest;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.protocol.LoadReportClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ExecutionType;
import org.apache.hadoop.yarn.event.Dispatcher;
import org.apache.hadoop.yarn.event.EventHandler;
import org.apache.hadoop.yarn.security.ContainerTokenIdentifier;
import org.apache.hadoop.yarn.server.api.ContainerType;
import org.apache.hadoop.yarn.server.nodemanager.ContainerExecutor;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.apache.hadoop.yarn.server.nodemanager.LocalDirsHandlerService;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.ContainerManagerImpl;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerEvent;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainersLauncher;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainersLauncherEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stock YARN's containers launcher with Kairos' node tier in front: tasks are held, launched, paused and resumed as
 * {@link NodeScheduler} decides. Set it as {@code yarn.nodemanager.containers-launcher.class}, together with an executor that
 * can pause.
 *
 * <p>Tasks are the guaranteed containers that are not application masters; the container token, signed by the ResourceManager,
 * says which those are. All others go the stock way beside the slots and are never paused.
 *
 * <p>{@link #handle} runs on the NodeManager's dispatcher, which everything on the node waits for: it only enqueues.
 */
public final class KairosContainersLauncher extends ContainersLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(KairosContainersLauncher.class);
    private static final long STOP_SECONDS = 10;

    private Context context;
    private EventHandler<ContainerEvent> containerEvents;
    private ContainerExecutor executor;
    private ContainerControl control;
    private NodeAgent<ContainerId> agent;
    private AgentThread thread;
    private NodeReporter reporter;
    private AttainedServiceFile attainedService;
    private final List<AutoCloseable> opened = new ArrayList<>();

    @Override
    @SuppressWarnings("unchecked") // the dispatcher's handler takes every event
    public void init(
            Context nodeContext,
            Dispatcher dispatcher,
            ContainerExecutor containerExecutor,
            LocalDirsHandlerService directories,
            ContainerManagerImpl containerManager) {
        super.init(nodeContext, dispatcher, containerExecutor, directories, containerManager);
        context = nodeContext;
        executor = containerExecutor;
        containerEvents = dispatcher.getEventHandler();
    }

    @Override
    protected void serviceInit(Configuration configuration) throws Exception {
        if (!(executor instanceof PausingExecutor pausing)) {
            throw new IllegalArgumentException("yarn.nodemanager.container-executor.class is "
                    + executor.getClass().getName() + ": expected " + KairosContainerExecutor.class.getName()
                    + ", as yarn.nodemanager.containers-launcher.class is "
                    + getClass().getName());
        }
        NodeSettings settings = NodeSettingsReader.read(configuration);
        control = new ContainerControl(pausing.pauser(), executor::getProcessId, super::handle);
        String folder = NodeManagerKeys.DECISION_LOG.read(configuration);
        NodeJournal journal = new NodeJournal(
                folder.isEmpty() ? null : Path.of(folder),
                () -> context.getNodeId().toString(),
                System::nanoTime,
                System::currentTimeMillis);
        attainedService = AttainedServiceFile.of(configuration);
        agent = new NodeAgent<>(
                () -> new NodeScheduler<>(settings, TaskOrders.attainedService()), control, journal, System::nanoTime);
        thread = new AgentThread(agent);
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
        opened.add(journal);
        LOG.info(
                "Kairos runs {} slots' worth of tasks, pausing by {}",
                settings.slots(),
                pausing.pauser().name());
        super.serviceInit(configuration);
    }

    @Override
    protected void serviceStart() throws Exception {
        thread.start();
        opened.add(thread);
        reporter.start();
        opened.add(reporter);
        super.serviceStart();
    }

    /** Leaves no task frozen: whoever outlives this NodeManager runs on, and is found and adopted after the restart. */
    @Override
    protected void serviceStop() throws Exception {
        if (thread != null && thread.isAlive()) {
            agent.release().get(STOP_SECONDS, TimeUnit.SECONDS);
        }
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        super.serviceStop();
    }

    @Override
    public void handle(ContainersLauncherEvent event) {
        Container container = event.getContainer();
        ContainerId id = container.getContainerId();
        switch (event.getType()) {
            case LAUNCH_CONTAINER -> launch(event, container);
            case RECOVER_CONTAINER -> {
                super.handle(event);
                adopt(container);
            }
            case CLEANUP_CONTAINER, CLEANUP_CONTAINER_FOR_REINIT -> cleanUp(event, id);
            case PAUSE_CONTAINER -> {
                ManagedContainer managed = control.get(id);
                if (managed == null || !managed.answerPause()) {
                    super.handle(event);
                }
            }
            case RESUME_CONTAINER -> {
                ManagedContainer managed = control.get(id);
                if (managed == null || !managed.answerResume()) {
                    super.handle(event);
                }
            }
            default -> super.handle(event);
        }
    }

    /** The agent, for tests. */
    NodeAgent<ContainerId> agent() {
        return agent;
    }

    private void launch(ContainersLauncherEvent event, Container container) {
        if (!isTask(container)) {
            super.handle(event);
            return;
        }
        control.add(new ManagedContainer(container, containerEvents, event));
        agent.arrive(request(container));
    }

    private void adopt(Container container) {
        if (!isTask(container)) {
            return;
        }
        ContainerId id = container.getContainerId();
        control.add(new ManagedContainer(container, containerEvents, null));
        boolean frozen = false;
        try {
            frozen = control.isFrozen(id);
        } catch (IOException e) {
            LOG.warn("{} is taken for running: {}", id, e.getMessage());
        }
        agent.adopt(request(container), attainedService.recovered(id), frozen);
    }

    private void cleanUp(ContainersLauncherEvent event, ContainerId id) {
        ManagedContainer managed = control.get(id);
        if (managed == null) {
            super.handle(event);
            return;
        }
        // Under the container's lock, as its launch is: either the launch came first and is cleaned up, or it never
        // comes.
        synchronized (managed) {
            managed.end();
            super.handle(event);
        }
        agent.finish(id, () -> control.remove(managed));
    }

    private static boolean isTask(Container container) {
        ContainerTokenIdentifier token = container.getContainerTokenIdentifier();
        return token.getContainerType() == ContainerType.TASK && token.getExecutionType() == ExecutionType.GUARANTEED;
    }

    private static TaskRequest<ContainerId> request(Container container) {
        ContainerId id = container.getContainerId();
        return new TaskRequest<>(
                id,
                id.getApplicationAttemptId().getApplicationId().toString(),
                Math.max(1, container.getResource().getVirtualCores()),
                container.getResource().getMemorySize(),
                !"false"
                        .equalsIgnoreCase(
                                container.getLaunchContext().getEnvironment().get(PREEMPTABLE)));
    }

    /** Environment variable by which a container opts out of being paused: {@code false}. */
    public static final String PREEMPTABLE = "KAIROS_PREEMPTABLE";
}
