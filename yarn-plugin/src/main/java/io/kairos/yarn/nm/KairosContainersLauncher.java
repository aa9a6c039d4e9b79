/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.TaskRequest;
import io.kairos.yarn.conf.SettingException;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ExecutionType;
import org.apache.hadoop.yarn.api.records.SignalContainerCommand;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.event.Dispatcher;
import org.apache.hadoop.yarn.security.ContainerTokenIdentifier;
import org.apache.hadoop.yarn.server.api.ContainerType;
import org.apache.hadoop.yarn.server.nodemanager.ContainerExecutor;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.apache.hadoop.yarn.server.nodemanager.LocalDirsHandlerService;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.ContainerManagerImpl;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerEvent;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerState;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainersLauncher;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainersLauncherEvent;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.SignalContainersLauncherEvent;
import org.jspecify.annotations.Nullable;

/**
 * Stock YARN's containers launcher with Kairos' node tier in front: tasks are held, launched, paused and resumed as {@link
 * io.kairos.node.NodeScheduler} decides. Set it as {@code yarn.nodemanager.containers-launcher.class}, together with an
 * executor that can pause.
 *
 * <p>Tasks are the guaranteed containers that are not application masters; the container token, signed by the ResourceManager,
 * says which those are. All others go the stock way beside the slots and are never paused.
 *
 * <p>{@link #handle} runs on the NodeManager's dispatcher, which everything on the node waits for: it only enqueues.
 */
public final class KairosContainersLauncher extends ContainersLauncher {
    /** Environment variable by which a container opts out of being paused, where its queue lets it: {@code false}. */
    public static final String PREEMPTABLE = "KAIROS_PREEMPTABLE";

    // YARN makes the launcher without arguments, then calls init, then serviceInit, before anything else.
    @SuppressWarnings("NullAway.Init")
    private Context context;

    @SuppressWarnings("NullAway.Init")
    private ContainerExecutor executor;

    @SuppressWarnings("NullAway.Init")
    private Consumer<ContainerEvent> containerEvents;

    @SuppressWarnings("NullAway.Init")
    private ContainerControl control;

    private @Nullable NodeTier tier;

    @Override
    public void init(
            Context nodeContext,
            Dispatcher dispatcher,
            ContainerExecutor containerExecutor,
            LocalDirsHandlerService directories,
            ContainerManagerImpl containerManager) {
        super.init(nodeContext, dispatcher, containerExecutor, directories, containerManager);
        context = nodeContext;
        executor = containerExecutor;
        containerEvents = event -> dispatcher.getEventHandler().handle(event);
    }

    @Override
    protected void serviceInit(Configuration configuration) throws Exception {
        if (!(executor instanceof PausingExecutor pausing)) {
            throw new SettingException("yarn.nodemanager.container-executor.class is "
                    + executor.getClass().getName() + ": expected " + KairosContainerExecutor.class.getName()
                    + ", as yarn.nodemanager.containers-launcher.class is "
                    + getClass().getName());
        }
        requireLaunchesAtOnce(configuration);
        control = new ContainerControl(pausing.pauser(), pausing.pausing(), executor::getProcessId, super::handle);
        tier = new NodeTier(configuration, context, control);
        super.serviceInit(configuration);
    }

    @Override
    protected void serviceStart() throws Exception {
        tier().start();
        super.serviceStart();
    }

    @Override
    protected void serviceStop() throws Exception {
        if (tier != null) {
            tier.close();
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
            case CLEANUP_CONTAINER -> cleanUp(event, id);
            case CLEANUP_CONTAINER_FOR_REINIT -> {
                cleanUp(event, id);
                if (container.getContainerState() == ContainerState.SCHEDULED) {
                    // A pause crossed the re-initialisation: stock YARN would never launch it again. Its AM must know.
                    container.sendKillEvent(ContainerExitStatus.ABORTED, "Paused while it was to be re-initialised");
                }
            }
            case SIGNAL_CONTAINER -> signal(event, id);
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
                } else {
                    tier().agent().pauseAnswered(id);
                }
            }
            default -> super.handle(event);
        }
    }

    /** With its own queue of guaranteed containers stock YARN would hold them back itself, by arrival, and resume at will. */
    private static void requireLaunchesAtOnce(Configuration configuration) {
        int length = configuration.getInt(
                YarnConfiguration.NM_OPPORTUNISTIC_CONTAINERS_MAX_QUEUE_LENGTH,
                YarnConfiguration.DEFAULT_NM_OPPORTUNISTIC_CONTAINERS_MAX_QUEUE_LENGTH);
        if (length > 0) {
            throw new SettingException(YarnConfiguration.NM_OPPORTUNISTIC_CONTAINERS_MAX_QUEUE_LENGTH + " is "
                    + length + ": expected 0 with " + KairosContainersLauncher.class.getName()
                    + ", for with a queue YARN holds guaranteed containers back itself");
        }
        String policy = configuration.get(YarnConfiguration.NM_OPPORTUNISTIC_CONTAINERS_QUEUE_POLICY, "");
        if (policy.equals("BY_RESOURCES")) {
            throw new SettingException(YarnConfiguration.NM_OPPORTUNISTIC_CONTAINERS_QUEUE_POLICY + " is "
                    + policy + ": expected BY_QUEUE_LEN with " + KairosContainersLauncher.class.getName()
                    + ", for with the other YARN holds guaranteed containers back itself");
        }
    }

    private NodeTier tier() {
        NodeTier ready = tier;
        if (ready == null) {
            throw new IllegalStateException("the containers launcher is not initialised");
        }
        return ready;
    }

    private void launch(ContainersLauncherEvent event, Container container) {
        if (!isTask(container)) {
            super.handle(event);
            return;
        }
        if (container.isRecovering()) {
            // It was held when the NodeManager stopped. Stock YARN recovers it without its localized files, so it would
            // fail or hang. It has done no work: its application is told, and asks again.
            // One that ended held is recovered like that as well, at each restart: only then it has diagnostics.
            if (container.cloneAndGetContainerStatus().getDiagnostics().isEmpty()) {
                tier().agent().giveUp(request(container));
            }
            container.sendKillEvent(ContainerExitStatus.ABORTED, "Not launched yet when the NodeManager restarted");
            return;
        }
        control.add(new ManagedContainer(container, containerEvents, event));
        tier().agent().arrive(request(container), optsOut(container));
    }

    private void adopt(Container container) {
        if (!isTask(container)) {
            return;
        }
        ContainerId id = container.getContainerId();
        control.add(new ManagedContainer(container, containerEvents, null));
        tier().agent().adopt(request(container), optsOut(container), tier().recovered(id));
    }

    private void cleanUp(ContainersLauncherEvent event, ContainerId id) {
        ManagedContainer managed = control.get(id);
        if (managed == null) {
            super.handle(event);
            return;
        }
        // Its launch takes the container's lock and so does this: the launch came first and is cleaned up, or never
        // comes.
        managed.end();
        super.handle(event);
        tier().agent().finish(id, () -> control.remove(managed));
    }

    /** A client sends a signal. One that ends the task must reach it, also if it is paused. */
    private void signal(ContainersLauncherEvent event, ContainerId id) {
        boolean ends = event instanceof SignalContainersLauncherEvent signal
                && (signal.getCommand() == SignalContainerCommand.GRACEFUL_SHUTDOWN
                        || signal.getCommand() == SignalContainerCommand.FORCEFUL_SHUTDOWN);
        if (ends && control.get(id) != null) {
            tier().agent().signal(id, () -> super.handle(event));
        } else {
            super.handle(event);
        }
    }

    private static boolean isTask(Container container) {
        ContainerTokenIdentifier token = container.getContainerTokenIdentifier();
        return token.getContainerType() == ContainerType.TASK && token.getExecutionType() == ExecutionType.GUARANTEED;
    }

    private TaskRequest<ContainerId> request(Container container) {
        ContainerId id = container.getContainerId();
        return new TaskRequest<>(
                id,
                id.getApplicationAttemptId().getApplicationId().toString(),
                Math.max(1, container.getResource().getVirtualCores()),
                container.getResource().getMemorySize(),
                ((PausingExecutor) executor).canPause(container));
    }

    private static boolean optsOut(Container container) {
        return "false"
                .equalsIgnoreCase(container.getLaunchContext().getEnvironment().get(PREEMPTABLE));
    }
}
