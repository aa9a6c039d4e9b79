/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import io.kairos.node.docker.EngineInfo;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.DockerPauser;
import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.nm.KairosContainerExecutor;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.datatransfer.IOStreamPair;
import org.apache.hadoop.util.Shell;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.ConfigurationException;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainerLaunch;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.runtime.ContainerExecutionException;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerExecContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerLivenessContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerReacquisitionContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerReapContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerSignalContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerStartContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs containers that ask for Docker in a Docker engine, all others as plain processes, and pauses and resumes both. Set it as
 * {@code yarn.nodemanager.container-executor.class}, together with {@link io.kairos.yarn.nm.KairosContainersLauncher}. It needs
 * no setuid binary: the NodeManager's user talks to the engine's socket, which makes that user as good as root. Thread-safe.
 */
public final class KairosDockerContainerExecutor extends KairosContainerExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(KairosDockerContainerExecutor.class);

    /** Label of every container it starts; the value is the first of the NodeManager's local folders. */
    public static final String OWNER = SpecBuilder.OWNER;

    private static final long SWEEP_SECONDS = 15;

    /** What of a container's launch the hook that builds its command is not told. */
    private final Map<String, ContainerStartContext> starting = new ConcurrentHashMap<>();

    private final ExecutorService pausing = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kairos-docker-pause");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledExecutorService sweeping = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kairos-docker-sweep");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable Context context;
    private @Nullable Parts parts;

    /** Whether containers are frozen without their engine, in less time than the way to another thread and back takes. */
    private boolean swift;

    /** What init makes. */
    private record Parts(
            DockerEngine engine, String owner, SpecBuilder specs, RoutedPauser pauser, String standardType) {}

    @Override
    public void init(Context nodeContext) throws IOException {
        super.init(nodeContext);
        context = nodeContext;
        Configuration configuration = getConf();
        DockerRules rules = new DockerRules(configuration);
        DockerEngine engine = new DockerEngine(
                DockerKeys.HOST.read(configuration),
                DockerKeys.CALL_LIMIT.read(configuration),
                DockerKeys.START_LIMIT.read(configuration));
        EngineInfo info = engine.info();
        LOG.info(
                "Docker {} at {}, cgroup v{}, driver {}",
                info.version(),
                DockerKeys.HOST.read(configuration),
                info.cgroupVersion(),
                info.cgroupDriver());
        if (!info.liveRestore()) {
            LOG.warn(
                    "Docker at {} runs without live-restore: paused containers die when the engine is restarted; expected"
                            + " \"live-restore\": true in daemon.json",
                    DockerKeys.HOST.read(configuration));
        }
        Pauser containers = containerPauser(configuration, engine);
        LOG.info("Kairos pauses Docker containers: {}", containers.name());
        swift = containers instanceof ContainerGroupPauser;
        String owner = configuration.getTrimmedStrings(YarnConfiguration.NM_LOCAL_DIRS)[0];
        parts = new Parts(
                engine,
                owner,
                new SpecBuilder(configuration, rules, owner),
                new RoutedPauser(guarded(containers), super.pauser()),
                configuration.get(YarnConfiguration.LINUX_CONTAINER_RUNTIME_TYPE, "default"));
    }

    @Override
    protected String processPauser(String configured) {
        return configured.equals("docker") ? "auto" : configured;
    }

    /** {@code auto} freezes the engine's groups where that is allowed for sure, else asks the engine. */
    private static Pauser containerPauser(Configuration configuration, DockerEngine engine) throws IOException {
        ContainerGroupPauser groups = new ContainerGroupPauser();
        return switch (NodeManagerKeys.PAUSER.read(configuration)) {
            case "docker" -> new DockerPauser(engine, groups);
            case "cgroup" -> groups;
            default -> isRoot() ? groups : new DockerPauser(engine, groups);
        };
    }

    private static boolean isRoot() throws IOException {
        return UserIds.of(System.getProperty("user.name")).user().equals("0");
    }

    @Override
    public void start() {
        super.start();
        Context node = Objects.requireNonNull(context, "init comes first");
        LeftoverSweep sweep =
                new LeftoverSweep(parts().engine(), parts().owner(), () -> node.getContainers().keySet().stream()
                        .map(ContainerId::toString)
                        .toList());
        sweeping.scheduleWithFixedDelay(
                () -> {
                    // It has a name only when it has recovered what it knew.
                    if (node.getNodeId() != null) {
                        sweep.look();
                    }
                },
                SWEEP_SECONDS,
                SWEEP_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        sweeping.shutdownNow();
        pausing.shutdownNow();
        if (parts != null) {
            parts.engine().close();
        }
        super.stop();
    }

    @Override
    public Pauser pauser() {
        return parts().pauser();
    }

    @Override
    public Executor pausing() {
        return swift ? Runnable::run : pausing;
    }

    @Override
    public int launchContainer(ContainerStartContext context) throws IOException, ConfigurationException {
        String task = context.getContainer().getContainerId().toString();
        starting.put(task, context);
        try {
            return super.launchContainer(context);
        } finally {
            starting.remove(task);
        }
    }

    @Override
    protected Shell.CommandExecutor buildCommandExecutor(
            String script,
            String task,
            String user,
            Path pidFile,
            Resource resource,
            File workDir,
            Map<String, String> environment,
            String[] numaCommands) {
        ContainerStartContext context = starting.get(task);
        if (context == null || !isDocker(environment)) {
            return super.buildCommandExecutor(
                    script, task, user, pidFile, resource, workDir, environment, numaCommands);
        }
        parts().pauser().runsInContainer(task);
        boolean ownEntrypoint =
                Boolean.parseBoolean(environment.get("YARN_CONTAINER_RUNTIME_DOCKER_RUN_OVERRIDE_DISABLE"));
        java.nio.file.Path pids = java.nio.file.Path.of(pidFile.toUri().getPath());
        return new DockerLaunch(
                parts().engine(),
                () -> spec(context, environment),
                pids,
                java.nio.file.Path.of(ContainerLaunch.getExitCodeFile(pids.toString())),
                ownEntrypoint
                        ? java.nio.file.Path.of(context.getContainerLogDirs().get(0))
                        : null,
                () -> isContainerActive(context.getContainer().getContainerId()));
    }

    /** Containers run with the NodeManager's ids, who owns the folders they work in. */
    private ContainerSpec spec(ContainerStartContext context, Map<String, String> environment) {
        try {
            UserIds ids = UserIds.of(System.getProperty("user.name"));
            return parts().specs().build(context, environment, ids);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public int reacquireContainer(ContainerReacquisitionContext context) throws IOException, InterruptedException {
        if (!isDocker(context.getContainer())) {
            return super.reacquireContainer(context);
        }
        String task = context.getContainerId().toString();
        parts().pauser().runsInContainer(task);
        return new ContainerExit(parts().engine()).await(task);
    }

    @Override
    public boolean signalContainer(ContainerSignalContext context) throws IOException {
        if (!isDocker(context.getContainer())) {
            return super.signalContainer(context);
        }
        String task = context.getContainer().getContainerId().toString();
        if (context.getSignal() == Signal.NULL) {
            return isRunning(task, context.getPid());
        }
        if (context.getSignal() == Signal.TERM || context.getSignal() == Signal.KILL) {
            thaw(task, context.getPid());
        }
        return parts().engine().kill(task, context.getSignal().name());
    }

    @Override
    public boolean isContainerAlive(ContainerLivenessContext context) throws IOException {
        return isDocker(context.getContainer())
                ? isRunning(context.getContainer().getContainerId().toString(), context.getPid())
                : super.isContainerAlive(context);
    }

    @Override
    public boolean reapContainer(ContainerReapContext context) {
        if (isDocker(context.getContainer())) {
            String task = context.getContainer().getContainerId().toString();
            try {
                parts().engine().remove(task);
            } catch (EngineException e) {
                LOG.warn("{} is left to the next sweep: {}", task, e.getMessage());
            }
        }
        return super.reapContainer(context);
    }

    /** While the shell is open the container is not paused; one that is paused is thawed for it. */
    @Override
    public IOStreamPair execContainer(ContainerExecContext context) throws ContainerExecutionException {
        Container container = context.getContainer();
        if (!isDocker(container)) {
            return super.execContainer(context);
        }
        String task = container.getContainerId().toString();
        AutoCloseable guard = parts().pauser().command(task);
        String pid = getProcessId(container.getContainerId());
        if (pid != null) {
            thaw(task, pid);
        }
        try {
            return ContainerShell.open(parts().engine(), task, context.getShell(), guard);
        } catch (IOException e) {
            throw new ContainerExecutionException(e);
        }
    }

    private void thaw(String task, String pid) {
        try {
            parts().pauser().resume(task, Long.parseLong(pid));
        } catch (IOException e) {
            LOG.warn("{} could not be thawed: {}", task, e.getMessage());
        }
    }

    /** While the engine does not answer, the kernel does. */
    private boolean isRunning(String task, String pid) {
        try {
            ContainerStatus status = parts().engine().inspect(task);
            return status != null && status.running();
        } catch (EngineException e) {
            return ProcessHandle.of(Long.parseLong(pid)).isPresent();
        }
    }

    private boolean isDocker(Container container) {
        return isDocker(container.getLaunchContext().getEnvironment());
    }

    private boolean isDocker(Map<String, String> environment) {
        return DockerRequest.isDocker(environment, parts().standardType());
    }

    private Parts parts() {
        Parts made = parts;
        if (made == null) {
            throw new IllegalStateException("the container executor is not initialised");
        }
        return made;
    }
}
