/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.DockerEngine;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.DockerPauser;
import io.kairos.node.pauser.PauseBreaker;
import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.nm.PausingExecutor;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.apache.hadoop.yarn.server.nodemanager.LinuxContainerExecutor;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerReapContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerSignalContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stock YARN's LinuxContainerExecutor with pause and resume of the containers its Docker runtime starts; all else is stock. YARN
 * takes a paused container for one in an unknown state and would neither signal nor remove it: it is thawed before both.
 * Containers that are no Docker containers are not paused, for they belong to other users: make them unpreemptable, or run them
 * in Docker. Thread-safe.
 */
public final class KairosLinuxContainerExecutor extends LinuxContainerExecutor implements PausingExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(KairosLinuxContainerExecutor.class);

    private final ExecutorService pausing = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kairos-docker-pause");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable DockerEngine engine;
    private @Nullable Pauser pauser;

    @Override
    public void init(Context context) throws IOException {
        super.init(context);
        DockerEngine connected = new DockerEngine(
                DockerKeys.HOST.read(getConf()),
                DockerKeys.CALL_LIMIT.read(getConf()),
                DockerKeys.START_LIMIT.read(getConf()));
        engine = connected;
        ContainerGroupPauser groups = new ContainerGroupPauser();
        boolean direct = NodeManagerKeys.PAUSER.read(getConf()).equals("cgroup");
        Pauser chosen = ContainerPausing.inMode(
                NodeManagerKeys.pauseMode(getConf()), direct ? groups : new DockerPauser(connected, groups), connected);
        pauser = new PauseBreaker(chosen, System::nanoTime, LOG::warn);
        LOG.info("Kairos pauses Docker containers: {}", pauser.name());
    }

    @Override
    public void stop() {
        pausing.shutdownNow();
        if (engine != null) {
            engine.close();
        }
        super.stop();
    }

    @Override
    public Pauser pauser() {
        Pauser chosen = pauser;
        if (chosen == null) {
            throw new IllegalStateException("the container executor is not initialised");
        }
        return chosen;
    }

    @Override
    public Executor pausing() {
        return pausing;
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
        thaw(context.getContainer(), getProcessId(context.getContainer().getContainerId()));
        return super.reapContainer(context);
    }

    private void thaw(Container container, @Nullable String pid) {
        if (pid == null) {
            return;
        }
        try {
            pauser().resume(container.getContainerId().toString(), Long.parseLong(pid));
        } catch (IOException e) {
            LOG.warn("{} could not be thawed: {}", container.getContainerId(), e.getMessage());
        }
    }
}
