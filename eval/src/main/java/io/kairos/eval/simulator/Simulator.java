/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.ClusterSize;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunCosts;
import io.kairos.eval.metrics.RunCounts;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a policy on a workload in virtual time. Each run is one thread's; any number of them may go on side by side, as they share
 * nothing that changes. The same arguments give the same result, always.
 */
public final class Simulator {
    private final SimulationSettings settings;

    public Simulator(SimulationSettings settings) {
        this.settings = settings;
    }

    /**
     * What came of a run.
     *
     * @param record its jobs, in the order of their ends, and its cluster; no events
     * @param counts of what happened in it
     */
    public record Outcome(RunRecord record, RunCounts counts) {}

    /**
     * Runs the policy; the seed is for what it does at random.
     *
     * @throws IllegalArgumentException if the policy knows no such cluster; its one line says why
     */
    public Outcome run(Policy policy, Workload workload, long seed) {
        return runTelling(policy, workload, seed, null);
    }

    /**
     * The same, and tells what happens to all tasks.
     *
     * @param reader is given each event as it happens, in order of time; what it throws ends the run
     * @throws IllegalArgumentException if the policy knows no such cluster; its one line says why
     */
    public Outcome run(Policy policy, Workload workload, long seed, Consumer<EventRecord> reader) {
        return runTelling(policy, workload, seed, reader);
    }

    private Outcome runTelling(Policy policy, Workload workload, long seed, @Nullable Consumer<EventRecord> reader) {
        settings.refuseEndless(workload);
        Simulation simulation = new Simulation();
        Run run = new Run(simulation, settings, seed, new Journal(simulation, settings.slots(), reader));
        List<JobRecord> ended = new ArrayList<>(workload.jobs().size());
        Assembly assembly = policy.assemble(run);
        new Arrivals(run, workload, policy.estimates(), assembly.scheduler(), done -> ended.add(record(done))).begin();
        if (settings.failures() != null) {
            new Failures(
                            run,
                            settings.failures(),
                            assembly.failingCluster(),
                            () -> ended.size() < workload.jobs().size())
                    .begin();
        }
        simulation.run();
        run.journal().end();
        int completed = ended.stream().mapToInt(JobRecord::tasks).sum();
        RunRecord record = new RunRecord(
                policy.label(),
                seed,
                new ClusterSize(settings.nodes(), settings.capacity(), settings.slotsPerNode()),
                policy.queueBound(settings),
                policy.hasQuanta() ? settings.quantum() : null,
                null,
                null,
                ended,
                List.of(),
                new TaskCounts(workload.taskCount(), completed, 0, run.tally().lostTasks()),
                new RunCosts(run.tally().lostSeconds(), null, simulation.events(), null));
        return new Outcome(record, run.tally().counts());
    }

    private static JobRecord record(SimulatedJob done) {
        Job job = done.job();
        return new JobRecord(
                done.application(),
                job.jobClass(),
                job.taskCount(),
                job.serviceSeconds(),
                done.idealSeconds(),
                Nanos.seconds(done.submitNanos()),
                Nanos.seconds(done.endNanos()));
    }
}
