/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import io.kairos.node.docker.ContainerRemoval;
import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import io.kairos.node.pauser.Pauser;
import io.kairos.yarn.conf.DockerKeys;
import io.kairos.yarn.nm.KairosContainerExecutor;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.datatransfer.IOStreamPair;
import org.apache.hadoop.util.Shell;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.ConfigurationException;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager.NMContext;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerState;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.launcher.ContainerLaunch;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.localizer.ContainerLocalizer;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.localizer.GuardedLocalizer;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.runtime.ContainerExecutionException;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerExecContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerLivenessContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerReacquisitionContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerReapContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerSignalContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerStartContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.DeletionAsUserContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.LocalizerStartContext;
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
    /** An engine that ends, or whose containerd is restarted, refuses for a second or so. */
    private static final long REFUSAL_PAUSE_MS = 2_000;

    /** What of a container's launch the hook that builds its command is not told. */
    private final Map<String, ContainerStartContext> starting = new ConcurrentHashMap<>();

    private final LostKills lostKills = new LostKills();

    private final ScheduledExecutorService sweeping = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kairos-docker-sweep");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable Context context;
    private @Nullable Parts parts;
    private @Nullable LeftoverSweep sweep;

    /** What init makes. */
    private record Parts(
            DockerPausing docker,
            String owner,
            SpecBuilder specs,
            ContainerPausing pausing,
            RoutedPauser pauser,
            String standardType,
            TaskUser user) {
        DockerEngine engine() {
            return docker.engine();
        }
    }

    @Override
    public void init(Context nodeContext) throws IOException {
        TaskUser user = TaskUser.read(getConf(), System.getProperty("user.name"));
        super.init(nodeContext);
        if (user.isSubmitter()) {
            UserFolders.danger().ifPresent(LOG::warn);
            LocalReader.check();
            // YARN fetches PUBLIC resources with the NodeManager's own configuration, which is this one.
            SubmittersFileSystem.use(getConf(), LocalReader.EVERYBODY);
        }
        context = nodeContext;
        try {
            connect(getConf(), user);
        } catch (IOException | RuntimeException e) {
            stop(); // YARN stops only those that were initialised.
            throw e;
        }
    }

    private void connect(Configuration configuration, TaskUser user) throws IOException {
        DockerRules rules = new DockerRules(configuration);
        DockerEngine engine = DockerPausing.connect(configuration);
        ContainerPausing chosen;
        try {
            chosen = ContainerPausing.choose(configuration, engine, engine.info());
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
        DockerPausing docker = new DockerPausing(engine, chosen.choice(), guard());
        String owner = configuration.getTrimmedStrings(YarnConfiguration.NM_LOCAL_DIRS)[0];
        parts = new Parts(
                docker,
                owner,
                new SpecBuilder(configuration, rules, owner),
                chosen,
                new RoutedPauser(docker.pauser(), super.pauser()),
                configuration.get(YarnConfiguration.LINUX_CONTAINER_RUNTIME_TYPE, "default"),
                user);
    }

    @Override
    protected String processPauser(String configured) {
        return configured.equals("docker") ? "auto" : configured;
    }

    @Override
    public void start() {
        super.start();
        Context node = Objects.requireNonNull(context, "init comes first");
        if (node instanceof NMContext own) {
            own.setDeletionService(new OtherDeletions(this, own.getDeletionService()));
        }
        LeftoverSweep started =
                new LeftoverSweep(parts().engine(), parts().pauser(), parts().owner(), () -> known(node), lostKills);
        sweep = started;
        sweeping.scheduleWithFixedDelay(
                () -> {
                    // It has a name only when it has recovered what it knew.
                    if (node.getNodeId() != null) {
                        started.look();
                    }
                },
                SWEEP_SECONDS,
                SWEEP_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        sweeping.shutdownNow();
        // YARN does not wait for its own cleaning up, which may take seconds a container.
        if (sweep != null && context != null && context.getNodeId() != null) {
            sweep.lookForTheLastTime(isOutlived(context) ? known(context) : List.of());
        }
        if (parts != null) {
            parts.docker().close();
        }
        super.stop();
    }

    /** Whether tasks outlive this NodeManager and the next one takes them over; YARN ends them otherwise. */
    private static boolean isOutlived(@Nullable Context node) {
        return node != null
                && node.getNMStateStore().canRecover()
                && !node.getDecommissioned()
                && node.getConf()
                        .getBoolean(
                                YarnConfiguration.NM_RECOVERY_SUPERVISED,
                                YarnConfiguration.DEFAULT_NM_RECOVERY_SUPERVISED);
    }

    private static List<String> known(Context node) {
        return node.getContainers().values().stream()
                .filter(container -> container.getContainerState() != ContainerState.DONE)
                .map(container -> container.getContainerId().toString())
                .toList();
    }

    @Override
    public Pauser pauser() {
        return parts().pauser();
    }

    @Override
    public Executor pausing() {
        return parts().pausing().isSwift() ? Runnable::run : parts().docker().threads();
    }

    @Override
    public void startLocalizer(LocalizerStartContext context) throws IOException, InterruptedException {
        if (parts().user().isSubmitter()) {
            parts().user().ids(context.getUser());
        }
        super.startLocalizer(context);
    }

    /** YARN fetches the other resources in this very process, and calls that the user's work; here it is root's. */
    @Override
    protected ContainerLocalizer createContainerLocalizer(
            String user,
            String application,
            String name,
            String tokenFile,
            List<String> localFolders,
            FileContext files)
            throws IOException {
        if (!parts().user().isSubmitter()) {
            return super.createContainerLocalizer(user, application, name, tokenFile, localFolders, files);
        }
        LocalReader reader = LocalReader.of(user, parts().user().ids(user));
        return new GuardedLocalizer(
                files,
                user,
                application,
                name,
                tokenFile,
                localFolders.stream().map(Path::new).toList(),
                configuration -> {
                    configuration.set(YarnConfiguration.NM_LOCAL_DIRS, String.join(",", localFolders));
                    SubmittersFileSystem.use(configuration, reader);
                });
    }

    @Override
    public int launchContainer(ContainerStartContext context) throws IOException, ConfigurationException {
        if (parts().user().isSubmitter()) {
            parts().user().ids(context.getUser());
            requireDocker(context.getContainer());
            new UserFolders(context).close();
        }
        String task = context.getContainer().getContainerId().toString();
        lostKills.launched(task);
        starting.put(task, context);
        try {
            return super.launchContainer(context);
        } finally {
            starting.remove(task);
            closeLogs(context.getContainer());
        }
    }

    private void requireDocker(Container container) throws IOException {
        if (!isDocker(container)) {
            throw new IOException("expected YARN_CONTAINER_RUNTIME_TYPE=docker, as " + DockerKeys.RUN_AS_USER.name()
                    + " is submitter on this node and a plain process would run as the NodeManager's user");
        }
    }

    /** The container has ended, and YARN is going to read what it wrote. */
    private void closeLogs(Container container) {
        if (!parts().user().isSubmitter()) {
            return;
        }
        ContainerId id = container.getContainerId();
        for (String logs : getConf().getTrimmedStrings(YarnConfiguration.NM_LOG_DIRS)) {
            try {
                SafeTree.deleteSpecial(java.nio.file.Path.of(
                        new Path(logs).toUri().getPath(),
                        id.getApplicationAttemptId().getApplicationId().toString(),
                        id.toString()));
            } catch (IOException e) {
                LOG.warn("Among the logs of {} there may be links: {}", id, e.getMessage());
            }
        }
    }

    /** Where another user may be at work, a file is made anew and a link is never followed. */
    @Override
    protected void copyFile(Path source, Path target, String owner) throws IOException {
        if (!parts().user().isSubmitter()) {
            super.copyFile(source, target, owner);
            return;
        }
        java.nio.file.Path to = java.nio.file.Path.of(target.toUri().getPath());
        java.nio.file.Files.deleteIfExists(to);
        java.nio.file.Files.copy(java.nio.file.Path.of(source.toUri().getPath()), to);
    }

    @Override
    public void deleteAsUser(DeletionAsUserContext context) throws IOException, InterruptedException {
        if (!parts().user().isSubmitter()) {
            super.deleteAsUser(context);
            return;
        }
        Path path = context.getSubDir();
        List<Path> bases = context.getBasedirs();
        if (bases == null || bases.isEmpty()) {
            SafeTree.delete(java.nio.file.Path.of(path.toUri().getPath()));
            return;
        }
        for (Path base : bases) {
            Path whole = path == null ? base : new Path(base, path);
            SafeTree.delete(java.nio.file.Path.of(whole.toUri().getPath()));
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
        java.nio.file.Path pids = java.nio.file.Path.of(pidFile.toUri().getPath());
        return new DockerLaunch(
                parts().engine(),
                () -> spec(context, environment),
                new DockerLaunch.TaskFiles(
                        pids,
                        java.nio.file.Path.of(ContainerLaunch.getExitCodeFile(pids.toString())),
                        DockerRequest.ownEntrypoint(environment)
                                ? java.nio.file.Path.of(
                                        context.getContainerLogDirs().get(0))
                                : null),
                () -> isContainerActive(context.getContainer().getContainerId()),
                () -> isOutlived(this.context),
                () -> TimeUnit.MILLISECONDS.sleep(REFUSAL_PAUSE_MS),
                parts().pausing()::started);
    }

    private ContainerSpec spec(ContainerStartContext context, Map<String, String> environment) {
        try {
            UserIds ids = parts().user().ids(context.getUser());
            ContainerSpec spec = parts().specs().build(context, environment, ids);
            if (parts().user().isSubmitter()) {
                new UserFolders(context).open(ids);
            }
            return parts().pausing().place(spec);
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
        if (!parts().pauser().relaxes()) {
            parts().docker().liftSlowDown(task);
        }
        int exitCode = awaitExit(task);
        String logFolder = context.getContainer().getLogDir();
        if (logFolder != null
                && DockerRequest.ownEntrypoint(
                        context.getContainer().getLaunchContext().getEnvironment())) {
            OwnOutput.copy(parts().engine(), task, java.nio.file.Path.of(logFolder));
        }
        closeLogs(context.getContainer());
        return exitCode;
    }

    /** YARN takes every failure to wait for an end that nobody can tell about, and hides the unchecked ones. */
    private int awaitExit(String task) throws InterruptedException {
        try {
            return new ContainerExit(parts().engine()).await(task);
        } catch (RuntimeException | Error e) {
            LOG.error("The end of {} will not be known", task, e);
            throw e;
        }
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
        boolean ends = context.getSignal() == Signal.TERM || context.getSignal() == Signal.KILL;
        if (ends) {
            thaw(task, context.getPid());
        }
        try {
            return parts().engine().kill(task, context.getSignal().name());
        } catch (EngineException e) {
            if (ends) {
                // A user's signal may just be lost; the container that YARN itself ends is not active any more.
                ContainerId id = context.getContainer().getContainerId();
                lostKills.add(task, () -> isContainerActive(id));
            }
            throw e;
        }
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
                new ContainerRemoval(parts().engine()).remove(task);
            } catch (IOException e) {
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
        RoutedPauser.Command guard = parts().pauser().command(task);
        try {
            String pid = getProcessId(container.getContainerId());
            if (pid != null) {
                thaw(task, pid);
            }
            return ContainerShell.open(parts().engine(), task, context.getShell(), guard);
        } catch (IOException e) {
            guard.close();
            throw new ContainerExecutionException(e);
        } catch (RuntimeException e) {
            guard.close();
            throw e;
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
