/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import io.kairos.workloads.model.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.yarn.api.ApplicationConstants;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.jspecify.annotations.Nullable;

/**
 * A job whose application master runs in a container, as those of real applications do. This side submits it, passes on
 * the events the master writes, and sees whether it is alive.
 */
final class ManagedJob implements ReplayedJob {

    private static final int HEARTBEATS_A_REPORT = 5;

    private record Running(TaskId task, String node) {}

    private final Job job;
    private final ReplayContext context;
    private final MasterFolder folder;
    private final double offset;
    private final ReplayListener listener;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private volatile @Nullable ApplicationId application;
    private @Nullable EventReader events;
    private int heartbeats;
    private boolean finishTold;

    ManagedJob(Job job, ReplayContext context) {
        this.job = job;
        this.context = context;
        this.folder = new MasterFolder(context.folder().resolve("job-" + job.id()));
        // The master tells times by the wall clock of this host.
        this.offset = context.now() - System.currentTimeMillis() / 1000.0;
        this.listener = new Follower();
    }

    @Override
    public long step() throws IOException, YarnException {
        ApplicationId submitted = application;
        if (submitted == null) {
            return submit();
        }
        // Asked before the events are read: what an ended master wrote is then all there.
        boolean alive = heartbeats++ % HEARTBEATS_A_REPORT != 0 || isAlive(submitted);
        passOnEvents();
        if (alive) {
            return context.settings().heartbeat().toMillis();
        }
        if (!finishTold) {
            throw new YarnException(submitted + " ended before its job did: " + diagnostics(submitted));
        }
        closeEvents();
        return OVER;
    }

    @Override
    public void abandon(String reason) {
        if (!finishTold) {
            double now = context.now();
            Map.copyOf(running)
                    .forEach((container, task) -> listener.taskEnded(
                            task.task(), container, task.node(), TaskEnd.KILLED, ContainerExitStatus.ABORTED, now));
            listener.jobFinished(job.id(), true, reason, now);
        }
        closeEvents();
    }

    @Override
    public Optional<ApplicationId> application() {
        return Optional.ofNullable(application);
    }

    private long submit() throws IOException, YarnException {
        double begin = context.now();
        folder.write(job, context.settings(), context.conf());
        events = new EventReader(folder.events());
        Submission submission = Submission.prepare(context.client());
        // Known before it exists, so that a close in between kills it.
        application = submission.application();
        context.listener().jobSubmitted(job.id(), submission.application().toString(), begin);
        submission.submitManaged(job.name(), context.settings(), masterContext());
        return context.settings().heartbeat().toMillis();
    }

    private ContainerLaunchContext masterContext() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String logs = ApplicationConstants.LOG_DIR_EXPANSION_VAR;
        String command =
                "exec " + java + " @" + folder.javaArguments() + " 1>" + logs + "/stdout 2>" + logs + "/stderr";
        return ContainerLaunchContext.newInstance(Map.of(), Map.of(), List.of(command), Map.of(), null, Map.of());
    }

    private boolean isAlive(ApplicationId submitted) throws IOException, YarnException {
        return Submission.isAlive(context.client().getApplicationReport(submitted));
    }

    private String diagnostics(ApplicationId submitted) throws IOException, YarnException {
        ApplicationReport report = context.client().getApplicationReport(submitted);
        return report.getYarnApplicationState() + " " + report.getDiagnostics();
    }

    private void passOnEvents() throws IOException {
        if (events != null) {
            for (String line : events.newLines()) {
                EventLine.tell(line, offset, listener);
            }
        }
    }

    private void closeEvents() {
        if (events == null) {
            return;
        }
        try {
            events.close();
        } catch (IOException e) {
            listener.error(folder.events() + " could not be closed", e);
        }
        events = null;
    }

    /** Passes events on and keeps what is needed to end the job in the master's place. */
    private final class Follower implements ReplayListener {

        @Override
        public void containerAllocated(TaskId task, String container, String node, double time) {
            running.put(container, new Running(task, node));
            context.listener().containerAllocated(task, container, node, time);
        }

        @Override
        public void taskStarted(TaskId task, String container, String node, double time) {
            context.listener().taskStarted(task, container, node, time);
        }

        @Override
        public void taskEnded(TaskId task, String container, String node, TaskEnd end, int exitStatus, double time) {
            running.remove(container);
            context.listener().taskEnded(task, container, node, end, exitStatus, time);
        }

        @Override
        public void jobFinished(int id, boolean failed, String diagnostics, double time) {
            finishTold = true;
            context.listener().jobFinished(id, failed, diagnostics, time);
        }

        @Override
        public void error(String what, Throwable cause) {
            context.listener().error(what, cause);
        }
    }
}
