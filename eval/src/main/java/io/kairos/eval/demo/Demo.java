/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.demo;

import io.kairos.eval.cluster.SchedulerKind;
import io.kairos.eval.files.RunFolder;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.Machine;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.WorkloadSummary;
import io.kairos.eval.replay.RunProgress;
import io.kairos.eval.replay.RunStatus;
import io.kairos.eval.report.HtmlReport;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the same jobs under several schedulers, one after the other on the same nodes, and writes the files of the comparison.
 * {@link #close} may come from another thread; everything else is one thread's.
 */
public final class Demo implements AutoCloseable {
    /** A few seconds of small jobs that nobody sees the figures of. */
    private static final Workload WARM_UP = new Workload(
            "warm-up",
            0,
            IntStream.rangeClosed(1, 10)
                    .mapToObj(id -> new Job(
                            id, "warm-up-" + id, id * 0.3, JobClass.SHORT, List.of(Stage.of(0.2, 0.2), Stage.of(0.2))))
                    .toList());

    private final SchedulerRun.Factory runs;
    private final RunProgress progress;
    private final Object lock = new Object();
    private @Nullable SchedulerRun active;
    private boolean closed;

    public Demo(SchedulerRun.Factory runs, RunProgress progress) {
        this.runs = runs;
        this.progress = progress;
    }

    /**
     * Runs all schedulers.
     *
     * @param workload the jobs
     * @param seed the generator's seed; null for a trace
     * @throws IOException a run did not reach its end, or a file could not be written
     */
    public Comparison run(DemoSettings settings, Workload workload, @Nullable Long seed)
            throws IOException, InterruptedException {
        RunFolder folder = new RunFolder(settings.out());
        folder.clear();
        progress.note("warming up");
        // The first scheduler would else pay for all that this process does for the first time, and the others not.
        runOne(settings.schedulers().get(0), settings, WARM_UP, status -> {});
        List<RunRecord> records = new ArrayList<>();
        for (SchedulerKind scheduler : settings.schedulers()) {
            progress.begin(scheduler.label());
            progress.note(scheduler.label() + ": starting the cluster");
            try {
                records.add(runOne(scheduler, settings, workload, progress::update));
            } finally {
                progress.end();
            }
        }
        Comparison comparison = Comparison.of(WorkloadSummary.of(workload, seed), Machine.describe(), records);
        folder.write(comparison);
        Files.writeString(folder.page(), HtmlReport.render(comparison));
        return comparison;
    }

    private RunRecord runOne(
            SchedulerKind scheduler, DemoSettings settings, Workload workload, Consumer<RunStatus> listener)
            throws IOException, InterruptedException {
        try (SchedulerRun run = runs.create(scheduler, settings, workload)) {
            synchronized (lock) {
                if (closed) {
                    throw new InterruptedException("the demo was ended");
                }
                active = run;
            }
            return run.execute(listener);
        } finally {
            synchronized (lock) {
                active = null;
            }
        }
    }

    /** Ends the run under way, if any, and lets no other begin. */
    @Override
    public void close() {
        SchedulerRun run;
        synchronized (lock) {
            closed = true;
            run = active;
        }
        if (run != null) {
            run.close();
        }
    }
}
