/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.Pausers;
import io.kairos.node.pauser.SignalPauser;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.SettingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.apache.hadoop.yarn.server.nodemanager.DefaultContainerExecutor;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerReacquisitionContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerReapContext;
import org.apache.hadoop.yarn.server.nodemanager.executor.ContainerSignalContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stock YARN's DefaultContainerExecutor with pause and resume. Set it as {@code yarn.nodemanager.container-executor.class},
 * together with {@link KairosContainersLauncher}. Thread-safe.
 */
public class KairosContainerExecutor extends DefaultContainerExecutor implements PausingExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(KairosContainerExecutor.class);

    private @Nullable PauseGuard guard;
    private @Nullable Pauser pauser;

    @Override
    public void init(Context context) throws IOException {
        super.init(context);
        Configuration configuration = getConf();
        Pausers.Choice choice = choose(configuration);
        LOG.info("Kairos pauses tasks: {}", choice.reason());
        PauseGuard opened = new PauseGuard(configuration);
        guard = opened;
        pauser = opened.over(choice.pauser());
        if (!pauser.name().equals("cgroup")) {
            thawGroups(NodeManagerKeys.CGROUP_PARENT.read(configuration));
        }
        if (NodeManagerKeys.pauseMode(configuration) != PauseMode.THROTTLE) {
            liftLimits(configuration);
        }
        Pausers.removeEmptyGroups(NodeManagerKeys.CGROUP_PARENT.read(configuration));
    }

    private Pausers.Choice choose(Configuration configuration) {
        String configured = NodeManagerKeys.PAUSER.read(configuration);
        String name = processPauser(configured);
        PauseMode mode = NodeManagerKeys.pauseMode(configuration);
        try {
            return Pausers.choose(name, NodeManagerKeys.CGROUP_PARENT.read(configuration), mode);
        } catch (IOException | IllegalArgumentException e) {
            String chosen = NodeManagerKeys.PAUSER + " is '" + configured + "'";
            throw new SettingException(
                    mode == PauseMode.THROTTLE
                            ? NodeManagerKeys.PAUSE_MODE + " is 'throttle', " + chosen + ": for plain processes "
                                    + e.getMessage()
                            : chosen + ", but " + e.getMessage());
        }
    }

    /** The name of the pauser for plain processes, given the one that is configured. */
    protected String processPauser(String configured) {
        if (configured.equals("docker")) {
            throw new SettingException(NodeManagerKeys.PAUSER.name()
                    + " is 'docker': expected one of auto, cgroup, signal with "
                    + getClass().getName() + ", which starts no Docker containers");
        }
        return configured;
    }

    /** For pausers of other kinds of tasks; there once the executor is initialised. */
    protected final PauseGuard guard() {
        return initialised(guard);
    }

    private static <T> T initialised(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the container executor is not initialised");
        }
        return part;
    }

    /** What an earlier NodeManager froze in groups, no other pauser can see, let alone thaw. */
    private static void thawGroups(String parent) {
        try {
            List<String> thawed = Pausers.thawGroups(parent);
            if (!thawed.isEmpty()) {
                LOG.info("Thawed what an earlier NodeManager left frozen in cgroups: {}", thawed);
            }
        } catch (IOException e) {
            LOG.warn("Groups that an earlier NodeManager left may be frozen still: {}", e.getMessage());
        }
    }

    /** What an earlier NodeManager throttled, one that only freezes takes for running. */
    private static void liftLimits(Configuration configuration) {
        try {
            List<String> lifted = Pausers.liftLimits(
                    NodeManagerKeys.CGROUP_PARENT.read(configuration),
                    configuration.getBoolean(
                            YarnConfiguration.NM_LINUX_CONTAINER_CGROUPS_STRICT_RESOURCE_USAGE,
                            YarnConfiguration.DEFAULT_NM_LINUX_CONTAINER_CGROUPS_STRICT_RESOURCE_USAGE));
            if (!lifted.isEmpty()) {
                LOG.info("Lifted the limits that an earlier NodeManager left: {}", lifted);
            }
        } catch (IOException e) {
            LOG.warn("Tasks that an earlier NodeManager left may be throttled still: {}", e.getMessage());
        }
    }

    /** A container that an earlier NodeManager stopped by signals, which the present pauser may not see, is continued first. */
    @Override
    public int reacquireContainer(ContainerReacquisitionContext context) throws IOException, InterruptedException {
        // Of the pauser of plain processes, whatever pauses others.
        if (!initialised(pauser).name().equals("signal")) {
            String task = context.getContainerId().toString();
            String pid = getProcessId(context.getContainerId());
            try (SignalPauser signals = new SignalPauser()) {
                if (pid != null) {
                    signals.resume(task, Long.parseLong(pid));
                }
            } catch (IOException e) {
                LOG.warn("{} may be stopped still: {}", task, e.getMessage());
            }
        }
        int exitCode = super.reacquireContainer(context);
        // Stock YARN does not reap it: it does not know the folder of a container that it recovered.
        release(context.getContainerId().toString());
        return exitCode;
    }

    private void release(String task) {
        try {
            pauser().release(task);
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    @Override
    public void stop() {
        if (pauser != null) {
            pauser.close();
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
    protected String[] getRunCommand(
            String command, String groupId, String userName, Path pidFile, Configuration config, Resource resource) {
        String[] stock = super.getRunCommand(command, groupId, userName, pidFile, config, resource);
        Optional<java.nio.file.Path> group;
        try {
            group = pauser().prepare(groupId);
        } catch (IOException e) {
            // A task that cannot be paused is better than a task that fails.
            LOG.warn("{} will run but cannot be paused: {}", groupId, e.getMessage());
            return stock;
        }
        if (group.isEmpty()) {
            return stock;
        }
        // The shell joins the group and then becomes the stock command, so that all the task starts is in the group.
        String[] joining = new String[stock.length + 4];
        joining[0] = "bash";
        joining[1] = "-c";
        joining[2] = "echo $$ > \"$0\"; exec \"$@\"";
        joining[3] = group.get().toString();
        System.arraycopy(stock, 0, joining, 4, stock.length);
        return joining;
    }

    /** Thaws before it signals: a process frozen by the v1 freezer does not die of SIGKILL until it is thawed. */
    @Override
    public boolean signalContainer(ContainerSignalContext context) throws IOException {
        if (context.getSignal() == Signal.TERM || context.getSignal() == Signal.KILL) {
            String task = context.getContainer().getContainerId().toString();
            try {
                pauser().resume(task, Long.parseLong(context.getPid()));
            } catch (IOException e) {
                LOG.warn("{} could not be thawed before {}: {}", task, context.getSignal(), e.getMessage());
            }
        }
        return super.signalContainer(context);
    }

    @Override
    public boolean reapContainer(ContainerReapContext context) {
        boolean reaped = super.reapContainer(context);
        release(context.getContainer().getContainerId().toString());
        return reaped;
    }
}
