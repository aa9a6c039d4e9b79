/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.nm.PauseGuard;
import io.kairos.yarn.nm.PausingExecutor;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.hadoop.hdfs.protocol.datatransfer.IOStreamPair;
import org.apache.hadoop.yarn.exceptions.ConfigurationException;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.apache.hadoop.yarn.server.nodemanager.LinuxContainerExecutor;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.linux.runtime.DockerLinuxContainerRuntime;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.runtime.ContainerExecutionException;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerExecContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerReacquisitionContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerReapContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerSignalContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerStartContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stock YARN's LinuxContainerExecutor with pause and resume of the containers its Docker runtime starts; all else is stock. YARN
 * takes a paused container for one in an unknown state and would neither signal nor remove it: it is thawed before both.
 * Containers that are no Docker containers are not paused, for they belong to other users: they run undisturbed. Thread-safe.
 */
public final class KairosLinuxContainerExecutor extends LinuxContainerExecutor implements PausingExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(KairosLinuxContainerExecutor.class);

    /** The first processes of containers whose last thaw failed: when they are reaped YARN has forgotten these. */
    private final Map<String, String> unthawed = new ConcurrentHashMap<>();

    private @Nullable PauseGuard guard;
    private @Nullable DockerPausing docker;
    private @Nullable RoutedPauser pauser;

    @Override
    public void init(Context context) throws IOException {
        if (NodeManagerKeys.PAUSER.read(getConf()).equals("signal")) {
            throw new SettingException(NodeManagerKeys.PAUSER.name()
                    + " is 'signal': expected one of auto, cgroup, docker with "
                    + getClass().getName() + ", which pauses Docker containers alone");
        }
        super.init(context);
        PauseGuard opened = new PauseGuard(getConf());
        guard = opened;
        DockerEngine engine = DockerPausing.connect(getConf());
        DockerPausing connected =
                new DockerPausing(engine, ContainerPausing.inEnginesGroups(getConf(), engine), opened);
        docker = connected;
        pauser = new RoutedPauser(connected.pauser(), new Unpausable());
    }

    @Override
    public void stop() {
        if (docker != null) {
            docker.close();
        }
        if (guard != null) {
            guard.close();
        }
        super.stop();
    }

    @Override
    public Pauser pauser() {
        return initialised(pauser);
    }

    @Override
    public boolean canPause(Container container) {
        return DockerLinuxContainerRuntime.isDockerContainerRequested(
                getConf(), container.getLaunchContext().getEnvironment());
    }

    @Override
    public Executor pausing() {
        return initialised(docker).threads();
    }

    private static <T> T initialised(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the container executor is not initialised");
        }
        return part;
    }

    /** While the shell is open the container is not paused; one that is paused is thawed for it. */
    @Override
    public IOStreamPair execContainer(ContainerExecContext context) throws ContainerExecutionException {
        Container container = context.getContainer();
        RoutedPauser.Command guard =
                initialised(pauser).command(container.getContainerId().toString());
        IOStreamPair shell = new IOStreamPair(null, null);
        try {
            thaw(container, getProcessId(container.getContainerId()));
            shell = super.execContainer(context);
        } finally {
            if (shell.in == null) {
                guard.close();
            }
        }
        return shell.in == null ? shell : new IOStreamPair(new GuardedInput(shell.in, guard), shell.out);
    }

    @Override
    public int launchContainer(ContainerStartContext context) throws IOException, ConfigurationException {
        note(context.getContainer());
        return super.launchContainer(context);
    }

    @Override
    public int relaunchContainer(ContainerStartContext context) throws IOException, ConfigurationException {
        note(context.getContainer());
        return super.relaunchContainer(context);
    }

    @Override
    public int reacquireContainer(ContainerReacquisitionContext context) throws IOException, InterruptedException {
        note(context.getContainer());
        if (canPause(context.getContainer()) && !pauser().relaxes()) {
            initialised(docker).liftSlowDown(context.getContainerId().toString());
        }
        return super.reacquireContainer(context);
    }

    /** Those that are no Docker containers are never paused. */
    private void note(Container container) {
        if (canPause(container)) {
            initialised(pauser).runsInContainer(container.getContainerId().toString());
        }
    }

    @Override
    public boolean signalContainer(ContainerSignalContext context) throws IOException {
        if (context.getSignal() != Signal.NULL) {
            thaw(context.getContainer(), context.getPid());
        }
        return super.signalContainer(context);
    }

    @Override
    public boolean reapContainer(ContainerReapContext context) throws IOException {
        String task = context.getContainer().getContainerId().toString();
        String pid = getProcessId(context.getContainer().getContainerId());
        thaw(context.getContainer(), pid == null ? unthawed.get(task) : pid);
        boolean reaped = super.reapContainer(context);
        unthawed.remove(task);
        try {
            pauser().release(task);
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
        }
        return reaped;
    }

    private void thaw(Container container, @Nullable String pid) {
        if (pid == null) {
            return;
        }
        String task = container.getContainerId().toString();
        try {
            pauser().resume(task, Long.parseLong(pid));
            unthawed.remove(task);
        } catch (IOException e) {
            unthawed.put(task, pid);
            LOG.warn("{} could not be thawed: {}", container.getContainerId(), e.getMessage());
        }
    }
}
