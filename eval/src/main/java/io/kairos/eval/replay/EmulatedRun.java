/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import com.google.common.base.Throwables;
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
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A workload of emulated tasks on a running cluster. {@link #close} may come from any thread at any time; everything else is one
 * thread's.
 */
public final class EmulatedRun implements AutoCloseable {
    private static final long FOLLOW_MS = 200;

    private final Workload workload;
    private final RunTerms terms;
    private final @Nullable Path decisions;
    private final Object lock = new Object();
    private @Nullable Replay replay;
    private boolean closed;

    /** @param decisions where the nodes write their decisions; null if they do not, or where nobody here can read */
    public EmulatedRun(Workload workload, RunTerms terms, @Nullable Path decisions) {
        this.workload = workload;
        this.terms = terms;
        this.decisions = decisions;
    }

    /**
     * Runs to the end of the last job. Called once.
     *
     * @param cluster tells where the ResourceManager is
     * @param progress told of the state a few times a second
     * @throws IOException one line: why it did not reach its end
     */
    public RunRecord execute(Configuration cluster, ReplaySettings settings, Consumer<RunStatus> progress)
            throws IOException, InterruptedException {
        RunRecorder recorder = new RunRecorder(workload.jobs().size(), terms.slots(), terms.pauses());
        DecisionFiles files = new DecisionFiles(decisions);
        files.readNew(); // what was before this run
        Replay running = keep(Replay.start(cluster, workload, settings, recorder));
        // The nodes tell times by the wall clock, the replay by its own start.
        long startMs = Math.round(System.currentTimeMillis() - running.now() * 1000);
        ReplayResult result = await(running, recorder, files, progress);
        recorder.decided(files.readNew());
        progress.accept(recorder.status());
        return terms.record(
                jobs(result),
                // Where nodes hold and pause tasks and nobody can read when, a task's start and end say nothing of its
                // slot.
                terms.pauses() && decisions == null ? List.of() : recorder.events(startMs),
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
        Map<Integer, ReplayResult.JobResult> outcomes = result.jobs().stream()
                .filter(outcome -> !outcome.failed())
                .collect(Collectors.toMap(ReplayResult.JobResult::job, Function.identity()));
        List<JobRecord> records = new ArrayList<>();
        for (Job job : workload.jobs()) {
            ReplayResult.JobResult outcome = outcomes.get(job.id());
            if (outcome != null) {
                records.add(record(job, outcome));
            }
        }
        return records;
    }

    private JobRecord record(Job job, ReplayResult.JobResult outcome) {
        return new JobRecord(
                String.valueOf(job.id()),
                job.jobClass(),
                job.taskCount(),
                job.serviceSeconds(),
                job.uncontendedSeconds(terms.nodes() * terms.slots()),
                outcome.submitted(),
                outcome.finished());
    }

    /** Known only where nothing was lost: what an attempt cut short had attained, nobody wrote down. */
    private static @Nullable Double wasted(ReplayResult result) {
        return result.failed() + result.killed() == 0 ? 0.0 : null;
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

    private static InterruptedException ended() {
        return new InterruptedException("the run was ended");
    }

    /** Kills what is still running of it. Idempotent. */
    @Override
    public void close() {
        Replay toEnd;
        synchronized (lock) {
            closed = true;
            toEnd = replay;
            replay = null;
        }
        if (toEnd != null) {
            toEnd.close();
        }
    }
}
