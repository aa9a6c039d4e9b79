/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import com.google.common.base.Throwables;
import io.kairos.eval.metrics.RunSummarizer;
import io.kairos.eval.metrics.RunSummary;
import io.kairos.eval.simulator.Policy;
import io.kairos.eval.simulator.Simulator;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Makes all runs of an experiment side by side. The same scenario and seed give the same result on any number of threads. */
public final class ExperimentRunner {
    /** What a task may take in memory while it is simulated, with some air. */
    private static final long BYTES_A_TASK = 512;

    /** Lines of progress for each experiment. */
    private static final int STEPS = 10;

    private final int threads;
    private final Consumer<String> progress;

    /** Tasks that may be simulated at a time, so that they fit into the memory. */
    private final int mostTasks;

    private final Semaphore tasks;

    /**
     * @param threads runs made at a time, fewer where they are too large for the memory
     * @param progress takes a line a step
     */
    public ExperimentRunner(int threads, Consumer<String> progress) {
        this.threads = threads;
        this.progress = progress;
        mostTasks = (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / BYTES_A_TASK);
        tasks = new Semaphore(mostTasks, true);
    }

    /**
     * Runs the experiment.
     *
     * @param seeds runs of each policy
     * @param seed of the first one, of its jobs and of what the policy does at random; the others follow it
     * @throws IOException a trace cannot be read
     */
    public ExperimentResult run(Scenario scenario, int seeds, long seed) throws IOException, InterruptedException {
        Set<PlannedRun> planned = new LinkedHashSet<>();
        // All that need the same jobs next to each other: they are drawn once and soon forgotten.
        for (int which = 0; which < seeds; which++) {
            for (Part part : scenario.parts()) {
                for (Variant variant : part.variants()) {
                    planned.add(variant.run(which));
                }
            }
        }
        boolean keepsJobs = scenario.parts().stream()
                .anyMatch(part -> part.figure() != null && part.figure().distribution() != null);
        Map<PlannedRun, RunOutcome> outcomes = runAll(scenario.name(), List.copyOf(planned), seed, keepsJobs);
        Bootstrap bootstrap = new Bootstrap(seeds, seed);
        return new ExperimentResult(
                scenario.name(),
                scenario.title(),
                scenario.question(),
                scenario.note(),
                seeds,
                seed,
                scenario.parts().stream()
                        .map(part -> new Measurements(part, seeds, outcomes, bootstrap).result())
                        .toList());
    }

    private Map<PlannedRun, RunOutcome> runAll(String name, List<PlannedRun> planned, long seed, boolean keepsJobs)
            throws IOException, InterruptedException {
        SharedWorkloads workloads =
                new SharedWorkloads(planned.stream().map(run -> run.key(seed)).toList());
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, planned.size()));
        try {
            List<Future<RunOutcome>> pending = new ArrayList<>();
            for (PlannedRun run : planned) {
                pending.add(executor.submit(() -> make(run, workloads, seed, keepsJobs)));
            }
            progress.accept(name + ": " + planned.size() + " runs");
            Map<PlannedRun, RunOutcome> outcomes = new LinkedHashMap<>();
            for (int i = 0; i < planned.size(); i++) {
                outcomes.put(planned.get(i), outcome(pending.get(i)));
                if ((i + 1) * STEPS / planned.size() > i * STEPS / planned.size()) {
                    progress.accept(name + ": " + (i + 1) + " of " + planned.size() + " runs");
                }
            }
            return outcomes;
        } finally {
            executor.shutdownNow();
        }
    }

    private static RunOutcome outcome(Future<RunOutcome> run) throws IOException, InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            Throwables.throwIfInstanceOf(cause, IOException.class);
            Throwables.throwIfUnchecked(cause);
            throw new IllegalStateException(cause);
        }
    }

    private RunOutcome make(PlannedRun run, SharedWorkloads workloads, long seed, boolean keepsJobs)
            throws IOException, InterruptedException {
        SharedWorkloads.Key key = run.key(seed);
        Workload jobs = workloads.take(key);
        try {
            int room = Math.min(mostTasks, jobs.taskCount());
            tasks.acquire(room);
            try {
                return simulate(run, jobs, seed + run.which(), keepsJobs);
            } finally {
                tasks.release(room);
            }
        } finally {
            workloads.release(key);
        }
    }

    private static RunOutcome simulate(PlannedRun run, Workload jobs, long seed, boolean keepsJobs) {
        Simulator.Outcome outcome = new Simulator(run.settings()).run(Policy.parse(run.policy()), jobs, seed);
        RunSummary summary = RunSummarizer.summarize(outcome.record(), outcome.counts());
        if (summary.tasks().completed() < summary.tasks().submitted()) {
            throw new IllegalStateException(run.policy() + ", seed " + seed + ": only "
                    + summary.tasks().completed() + " of " + summary.tasks().submitted() + " tasks completed");
        }
        return new RunOutcome(summary, keepsJobs ? outcome.record().jobs() : List.of());
    }
}
