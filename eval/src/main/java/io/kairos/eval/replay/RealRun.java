/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.kairos.eval.daemons.JobClient;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.workloads.mix.JobTemplate;
import io.kairos.workloads.mix.MixedJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real jobs on a running cluster in open loop: each is submitted at its time by a client process of its own, however far the others
 * are. {@link #close} may come from any thread at any time; everything else is one thread's.
 */
public final class RealRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RealRun.class);
    private static final long FOLLOW_MS = 200;
    private static final long GRACE_SECONDS = 20;
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    private final JobClients clients;
    private final RunTerms terms;
    private final @Nullable Path decisions;
    private final Path logs;
    private final String tag = "kairos-replay-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-"
            + ProcessHandle.current().pid();
    private final Applications applications;
    private final ScheduledExecutorService submissions =
            Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                    .setNameFormat("replay-submit")
                    .setDaemon(true)
                    .build());
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<EndedJob> ended = new LinkedBlockingQueue<>();
    private final long startNanos = System.nanoTime();
    private final long startMs = System.currentTimeMillis();
    private volatile @Nullable IOException failure;
    private volatile boolean closed;
    /** A client died, whose application may live. */
    private volatile boolean orphans;

    /**
     * @param applications is closed with the run
     * @param decisions where the nodes write their decisions; null if they do not, or where nobody here can read
     * @param logs an existing folder for what the clients print
     */
    public RealRun(JobClients clients, Applications applications, RunTerms terms, @Nullable Path decisions, Path logs) {
        this.clients = clients;
        this.applications = applications;
        this.terms = terms;
        this.decisions = decisions;
        this.logs = logs;
    }

    /**
     * Runs one job and waits for its end.
     *
     * @throws IOException one line: it could not be started, or did not end well
     */
    public AloneFigures alone(MixedJob job) throws IOException, InterruptedException {
        submit(job);
        EndedJob done = next(() -> {});
        if (done.exitStatus() != 0) {
            throw new IOException("job " + job.template().name() + " alone on the cluster ended with status "
                    + done.exitStatus() + "; see " + done.log());
        }
        JobReport report = done.report();
        double slotSeconds = awaitEnd(job).stream()
                .mapToDouble(Applications.Application::slotSeconds)
                .sum();
        return new AloneFigures(done.finished() - done.submitted(), slotSeconds, report.tasks(), report.result());
    }

    /** A client may end before YARN has noted the end of its application. */
    private List<Applications.Application> awaitEnd(MixedJob job) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + END_LIMIT.toNanos();
        while (true) {
            List<Applications.Application> found = applications.tagged(tag(job));
            if (found.stream().allMatch(Applications.Application::ended)) {
                return found;
            }
            if (closed) {
                throw ended();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "job " + job.template().name() + " alone on the cluster: its client has ended, and"
                                + " its application has not within " + END_LIMIT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(FOLLOW_MS);
        }
    }

    /**
     * Runs to the end of the last job.
     *
     * @param alone figures of each job with the cluster to itself
     * @param progress told of the state a few times a second
     * @throws IOException one line: a client could not be started, or YARN does not answer
     */
    public RealOutcome execute(
            List<MixedJob> jobs, Function<JobTemplate, AloneFigures> alone, Consumer<RunStatus> progress)
            throws IOException, InterruptedException {
        RunRecorder recorder = new RunRecorder(jobs.size(), terms.slots(), terms.pauses());
        DecisionFiles files = new DecisionFiles(decisions);
        files.readNew(); // what was before this run
        double begin = now();
        for (MixedJob job : jobs) {
            submissions.schedule(() -> trySubmit(job), Math.round(job.submitSeconds() * 1e9), TimeUnit.NANOSECONDS);
        }
        List<EndedJob> done = new ArrayList<>();
        while (done.size() < jobs.size()) {
            EndedJob job = next(() -> {
                recorder.decided(files.readNew());
                progress.accept(decisions == null ? clientsRunning(recorder.status()) : recorder.status());
            });
            recorder.jobFinished(job.job().id(), job.exitStatus() != 0, "", job.finished());
            done.add(job);
        }
        double wall = now() - begin;
        Set<Integer> known = decisions == null ? Set.of() : tellApplications(jobs, recorder);
        awaitTasks(recorder, files);
        progress.accept(recorder.status());
        List<EventRecord> events = recorder.events(startMs).stream()
                .map(event -> event.at(event.timeSeconds() - begin))
                .sorted(Comparator.comparingDouble(EventRecord::timeSeconds))
                .toList();
        return RealOutcome.of(done.stream().map(job -> job.since(begin)).toList(), terms, alone, events, known, wall);
    }

    /** A job may end before its last tasks do. A node that is away may tell of their ends late, and is not waited for long. */
    private void awaitTasks(RunRecorder recorder, DecisionFiles files) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        recorder.decided(files.readNew());
        while (recorder.awaitsEnds() && System.nanoTime() < deadline) {
            if (closed) {
                throw ended();
            }
            TimeUnit.MILLISECONDS.sleep(FOLLOW_MS);
            recorder.decided(files.readNew());
        }
    }

    /** Whose decisions are whose; returns the jobs that YARN still knows applications of. */
    private Set<Integer> tellApplications(List<MixedJob> jobs, RunRecorder recorder) {
        Map<String, MixedJob> found = new HashMap<>();
        try {
            for (MixedJob job : jobs) {
                for (Applications.Application application : applications.tagged(tag(job))) {
                    found.put(application.id(), job);
                }
            }
        } catch (IOException e) {
            // Not worth the run, which has ended well: only pauses are not known.
            LOG.warn("The applications of the jobs are not known", e);
            return Set.of();
        }
        found.forEach((application, job) -> recorder.jobSubmitted(job.id(), application, job.submitSeconds()));
        return found.values().stream().map(MixedJob::id).collect(Collectors.toSet());
    }

    /** Where nodes tell nothing, at least how many jobs run. */
    private RunStatus clientsRunning(RunStatus status) {
        return new RunStatus(status.jobsDone(), status.jobs(), processes.size(), 0, 0, 0);
    }

    /** What is done while nothing ends. */
    private interface Meanwhile {
        void run() throws IOException;
    }

    /** The next job that ends. */
    private EndedJob next(Meanwhile meanwhile) throws IOException, InterruptedException {
        while (true) {
            EndedJob job = ended.poll(FOLLOW_MS, TimeUnit.MILLISECONDS);
            if (closed) {
                throw ended();
            }
            IOException failed = failure;
            if (failed != null) {
                throw failed;
            }
            if (job != null) {
                return job;
            }
            meanwhile.run();
        }
    }

    private static InterruptedException ended() {
        return new InterruptedException("the run was ended");
    }

    private void trySubmit(MixedJob job) {
        try {
            submit(job);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            // Errors, too: no thread for one more client is one, and whoever waits for the job hears of none else.
            failure = new IOException("job " + job.template().name() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            failure = new IOException("the submission of job " + job.template().name() + " was interrupted", e);
        }
    }

    private void submit(MixedJob job) throws IOException, InterruptedException {
        Path log = logs.resolve("%03d-%s.log".formatted(job.id(), job.template().name()));
        JobClient client = clients.client(job.template(), List.of(tag, tag(job)));
        double begin = now();
        Process process = client.start(log);
        processes.add(process);
        if (closed) {
            process.destroy();
        }
        process.onExit().thenAccept(gone -> {
            processes.remove(gone);
            if (gone.exitValue() != 0) {
                orphans = true;
            }
            ended.add(new EndedJob(job, begin, now(), gone.exitValue(), log));
        });
    }

    private String tag(MixedJob job) {
        return tag + "-" + job.id();
    }

    private double now() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** Ends the clients that run, and kills their applications. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        submissions.shutdownNow();
        try {
            // A client that is just being started is to be among those that are ended.
            submissions.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
            end(List.copyOf(processes));
        } catch (InterruptedException e) {
            processes.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
        if (orphans) {
            applications.kill(tag);
        }
        applications.close();
    }

    private void end(List<Process> left) throws InterruptedException {
        if (!left.isEmpty()) {
            orphans = true;
        }
        left.forEach(Process::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        for (Process process : left) {
            if (!process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
