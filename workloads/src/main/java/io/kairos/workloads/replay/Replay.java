/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import com.google.common.base.Ticker;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * Runs a workload on a YARN cluster in open loop: each job is submitted at its time as an application of its own,
 * however far the others are. A few threads step all jobs; there is no thread a job. Thread-safe.
 */
public final class Replay implements AutoCloseable {

    private static final int STEPPING_THREADS = 4;
    private static final int STARTING_THREADS = 8;
    private static final int KILLING_THREADS = 8;
    private static final long GRACE_SECONDS = 10;

    private final long startNanos;
    private final Ticker ticker;
    private final Recorder recorder;
    private final ReplayContext context;
    private final ScheduledThreadPoolExecutor steps;
    private final ExecutorService starts;
    private final Set<ReplayedJob> unfinished = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left;
    private final CompletableFuture<ReplayResult> result = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Replay(
            Configuration conf,
            Path folder,
            EmulatedTask task,
            Workload workload,
            ReplaySettings settings,
            ReplayListener listener,
            Ticker ticker) {
        this.ticker = ticker;
        this.recorder = new Recorder(listener);
        this.left = new AtomicInteger(workload.jobs().size());
        this.steps = new ScheduledThreadPoolExecutor(STEPPING_THREADS, threads("replay-step"));
        this.steps.setRemoveOnCancelPolicy(true);
        this.steps.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.starts = Executors.newFixedThreadPool(STARTING_THREADS, threads("replay-start"));
        YarnClient client = YarnClient.createYarnClient();
        client.init(conf);
        client.start();
        this.context = new ReplayContext(conf, client, settings, folder, task, starts, recorder, this::now);
        this.startNanos = ticker.read();
    }

    /** As the other one, on the system's clock. */
    public static Replay start(Configuration conf, Workload workload, ReplaySettings settings, ReplayListener listener)
            throws IOException {
        return start(conf, workload, settings, listener, Ticker.systemTicker());
    }

    /**
     * Starts a replay on a running cluster and returns at once.
     *
     * @param conf tells where the ResourceManager is
     * @param ticker what times are told by; job submissions follow the system's clock
     * @throws IOException if the files that containers need cannot be written
     */
    public static Replay start(
            Configuration conf, Workload workload, ReplaySettings settings, ReplayListener listener, Ticker ticker)
            throws IOException {
        Path folder = Files.createTempDirectory("kairos-replay");
        try {
            EmulatedTask task = EmulatedTask.install(folder);
            Replay replay = new Replay(clientConfiguration(conf), folder, task, workload, settings, listener, ticker);
            workload.jobs().forEach(replay::scheduleSubmission);
            return replay;
        } catch (IOException | RuntimeException e) {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
            throw e;
        }
    }

    /**
     * Completes when every job has finished or failed and YARN has noted it; ends with a {@link CancellationException}
     * if the replay is closed before.
     */
    public CompletableFuture<ReplayResult> result() {
        return result.copy();
    }

    /** Seconds since the start. */
    public double now() {
        return (ticker.read() - startNanos) / 1e9;
    }

    /** Kills what is still running of this replay, ends its threads and removes its files. May be called at any time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // Steps under way end by themselves: interrupting a submission would leave open whether it took place.
        stop(steps);
        stop(starts);
        killUnfinished();
        context.client().stop();
        removeFiles();
        result.completeExceptionally(new CancellationException("the replay was closed"));
    }

    private static Configuration clientConfiguration(Configuration conf) {
        Configuration own = new YarnConfiguration(conf);
        // Polls of submissions and kills, which else cost 200 ms each.
        own.setLong(YarnConfiguration.YARN_CLIENT_APPLICATION_CLIENT_PROTOCOL_POLL_INTERVAL_MS, 20);
        own.setLong(
                YarnConfiguration.YARN_CLIENT_APPLICATION_CLIENT_PROTOCOL_POLL_TIMEOUT_MS,
                TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
        // Each job's connection has a thread that outlives it by this time.
        own.setInt(CommonConfigurationKeysPublic.IPC_CLIENT_CONNECTION_MAXIDLETIME_KEY, 5000);
        return own;
    }

    private void scheduleSubmission(Job job) {
        ReplayedJob replayed =
                context.settings().managedMaster() ? new ManagedJob(job, context) : new UnmanagedJob(job, context);
        unfinished.add(replayed);
        long delay = (long) ((job.submitTime() - now()) * 1e9);
        schedule(replayed, Math.max(0, delay), TimeUnit.NANOSECONDS);
    }

    private void step(ReplayedJob job) {
        long delay;
        try {
            delay = job.step();
        } catch (IOException | YarnException | RuntimeException | Error e) {
            // Errors too: a step that just ended would leave its job unfinished for ever.
            recorder.error("a job of the replay is given up", e);
            job.abandon(String.valueOf(e.getMessage()));
            job.application().ifPresent(this::kill);
            delay = ReplayedJob.OVER;
        }
        if (delay == ReplayedJob.OVER) {
            unfinished.remove(job);
            if (left.decrementAndGet() == 0) {
                result.complete(recorder.result());
            }
        } else if (!closed.get()) {
            schedule(job, delay, TimeUnit.MILLISECONDS);
        }
    }

    // A step catches what can go wrong in it, so its future has nothing to tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void schedule(ReplayedJob job, long delay, TimeUnit unit) {
        try {
            steps.schedule(() -> step(job), delay, unit);
        } catch (RejectedExecutionException e) {
            if (!closed.get()) {
                throw e;
            }
            // Closed in between: close() sees to the job.
        }
    }

    private void killUnfinished() {
        ExecutorService killers = Executors.newFixedThreadPool(KILLING_THREADS, threads("replay-kill"));
        for (ReplayedJob job : List.copyOf(unfinished)) {
            killers.execute(() -> {
                job.application().ifPresent(this::kill);
                job.abandon("the replay was closed");
            });
        }
        stop(killers);
    }

    private void kill(ApplicationId application) {
        try {
            context.client().killApplication(application);
        } catch (IOException | YarnException e) {
            recorder.error(application + " could not be killed", e);
        }
    }

    private void removeFiles() {
        try {
            MoreFiles.deleteRecursively(context.folder(), RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            recorder.error(context.folder() + " could not be removed", e);
        }
    }

    private static void stop(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory threads(String name) {
        return new ThreadFactoryBuilder()
                .setNameFormat(name + "-%d")
                .setDaemon(true)
                .build();
    }
}
