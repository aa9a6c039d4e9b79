/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.demo;

import com.google.common.base.Throwables;
import io.kairos.eval.cluster.ClusterSettings;
import io.kairos.eval.cluster.LocalCluster;
import io.kairos.eval.cluster.SchedulerKind;
import io.kairos.eval.files.ScratchFolder;
import io.kairos.eval.metrics.ClusterSize;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunCosts;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import io.kairos.workloads.replay.Replay;
import io.kairos.workloads.replay.ReplayResult;
import io.kairos.workloads.replay.ReplaySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run on stock YARN in this process: real containers, really paused. */
public final class YarnRun implements SchedulerRun {
    /** A share of a node, not what a task takes. */
    private static final int LEAST_TASK_MEMORY_MB = 4096;

    private static final Duration HEARTBEAT = Duration.ofMillis(50);
    private static final long FOLLOW_MS = 200;

    private final SchedulerKind scheduler;
    private final DemoSettings settings;
    private final Workload workload;
    private final Object lock = new Object();
    private @Nullable LocalCluster cluster;
    private @Nullable Replay replay;
    private boolean closed;

    public YarnRun(SchedulerKind scheduler, DemoSettings settings, Workload workload) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.workload = workload;
    }

    @Override
    public RunRecord execute(Consumer<RunStatus> progress) throws IOException, InterruptedException {
        int masters = settings.managedMaster() ? workload.jobs().size() : 0;
        int masterMemoryMb = ReplaySettings.DEFAULTS.masterMemoryMb();
        int taskMemoryMb = LEAST_TASK_MEMORY_MB + masters * masterMemoryMb;
        ClusterSettings clusterSettings = new ClusterSettings(
                settings.nodes(),
                settings.slots(),
                settings.queueBound(),
                taskMemoryMb,
                masters,
                masterMemoryMb,
                HEARTBEAT,
                settings.quantum(),
                settings.patience(),
                settings.pauser(),
                settings.docker());
        boolean pauses = scheduler.pauses();
        RunRecorder recorder = new RunRecorder(workload.jobs().size(), settings.slots(), pauses);
        Path folder = ScratchFolder.empty(settings.out().resolve("cluster-" + scheduler.label()));
        // Kept before it starts: whoever ends the run meanwhile ends the cluster too.
        LocalCluster started = keep(new LocalCluster(scheduler, clusterSettings, folder));
        started.start();
        DecisionFiles decisions = new DecisionFiles(started.decisions());
        ReplaySettings replaySettings = ReplaySettings.DEFAULTS
                .withTaskMemoryMb(taskMemoryMb)
                .withHeartbeat(HEARTBEAT)
                .withManagedMaster(settings.managedMaster());
        Replay running = keep(Replay.start(started.configuration(), workload, replaySettings, recorder));
        // The nodes tell times by the wall clock, the replay by its own start.
        long startMs = Math.round(System.currentTimeMillis() - running.now() * 1000);
        ReplayResult result = await(running, recorder, decisions, progress);
        recorder.decided(decisions.readNew());
        progress.accept(recorder.status());
        return new RunRecord(
                scheduler.label(),
                settings.seed(),
                ClusterSize.alike(settings.nodes(), settings.slots()),
                pauses ? settings.queueBound() : null,
                pauses ? settings.quantum().toMillis() / 1000.0 : null,
                pauses ? settings.pauser() : null,
                settings.docker() ? "docker" : "default",
                jobs(result),
                recorder.events(startMs),
                new TaskCounts(workload.taskCount(), result.completed(), result.failed(), result.killed()),
                new RunCosts(wasted(result), result.wallSeconds(), null, null));
    }

    private static ReplayResult await(
            Replay replay, RunRecorder recorder, DecisionFiles decisions, Consumer<RunStatus> progress)
            throws IOException, InterruptedException {
        while (true) {
            recorder.decided(decisions.readNew());
            progress.accept(recorder.status());
            try {
                return replay.result().get(FOLLOW_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Not done yet: look again.
            } catch (ExecutionException | CancellationException e) {
                Throwable cause = Throwables.getRootCause(e);
                if (cause instanceof CancellationException) {
                    throw ended();
                }
                throw new IOException("the replay did not reach its end: " + cause.getMessage(), cause);
            }
        }
    }

    private List<JobRecord> jobs(ReplayResult result) {
        int slots = settings.nodes() * settings.slots();
        Map<Integer, ReplayResult.JobResult> outcomes = result.jobs().stream()
                .filter(outcome -> !outcome.failed())
                .collect(Collectors.toMap(ReplayResult.JobResult::job, Function.identity()));
        List<JobRecord> records = new ArrayList<>();
        for (Job job : workload.jobs()) {
            ReplayResult.JobResult outcome = outcomes.get(job.id());
            if (outcome != null) {
                records.add(record(job, outcome, slots));
            }
        }
        return records;
    }

    private static JobRecord record(Job job, ReplayResult.JobResult outcome, int slots) {
        return new JobRecord(
                String.valueOf(job.id()),
                job.jobClass(),
                job.taskCount(),
                job.serviceSeconds(),
                job.uncontendedSeconds(slots),
                outcome.submitted(),
                outcome.finished());
    }

    /** Known only where nothing was lost: what an attempt cut short had attained, nobody wrote down. */
    private static @Nullable Double wasted(ReplayResult result) {
        return result.failed() + result.killed() == 0 ? 0.0 : null;
    }

    private static InterruptedException ended() {
        return new InterruptedException("the run was ended");
    }

    private LocalCluster keep(LocalCluster started) throws InterruptedException {
        synchronized (lock) {
            if (!closed) {
                cluster = started;
                return started;
            }
        }
        started.close();
        throw ended();
    }

    private Replay keep(Replay started) throws InterruptedException {
        synchronized (lock) {
            if (!closed) {
                replay = started;
                return started;
            }
        }
        started.close();
        throw ended();
    }

    @Override
    public void close() {
        Replay replayToEnd;
        LocalCluster clusterToEnd;
        synchronized (lock) {
            closed = true;
            replayToEnd = replay;
            clusterToEnd = cluster;
            replay = null;
            cluster = null;
        }
        // The applications first: a cluster waits long for those that still run.
        if (replayToEnd != null) {
            replayToEnd.close();
        }
        if (clusterToEnd != null) {
            clusterToEnd.close();
        }
    }
}
