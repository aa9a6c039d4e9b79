/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunCosts;
import io.kairos.eval.metrics.RunCounts;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.List;

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
     * @param record its jobs, in the order of their ends, and its cluster
     * @param counts of what happened in it
     */
    public record Outcome(RunRecord record, RunCounts counts) {}

    /** Runs the policy; the seed is for what it does at random. */
    public Outcome run(Policy policy, Workload workload, long seed) {
        Simulation simulation = new Simulation();
        Tally tally = new Tally();
        Run parts = new Run(simulation, settings, seed, tally);
        List<JobRecord> ended = new ArrayList<>(workload.jobs().size());
        new Arrivals(parts, workload, policy.scheduler(parts), done -> ended.add(record(done))).begin();
        simulation.run();
        int completed = ended.stream().mapToInt(JobRecord::tasks).sum();
        RunRecord record = new RunRecord(
                policy.label(),
                seed,
                settings.nodes(),
                settings.slotsPerNode(),
                policy.isBounded() ? settings.queueBound() : null,
                policy.hasQuanta() ? settings.quantum() : null,
                null,
                null,
                ended,
                List.of(),
                new TaskCounts(workload.taskCount(), completed, 0, 0),
                new RunCosts(0.0, null, simulation.events(), null));
        return new Outcome(record, tally.counts());
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
