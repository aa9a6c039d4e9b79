/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunCosts;
import io.kairos.eval.metrics.RunCounts;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a policy on a workload in virtual time. Each run is one thread's; any number of them may go on side by side, as they share
 * nothing that changes. The same arguments give the same result, always.
 */
public final class Simulator {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double DEPHASING_SECONDS = 0.01;

    private final SimulationSettings settings;

    public Simulator(SimulationSettings settings) {
        this.settings = settings;
    }

    /**
     * What came of a run.
     *
     * @param record its jobs, in the order of their ends, and its cluster
     * @param counts of what happened in it
     * @param shortBehindLong tasks of short jobs that began after they had waited behind a long one in a worker's queue
     */
    public record Outcome(RunRecord record, RunCounts counts, long shortBehindLong) {}

    /** Runs the policy; the seed is for what it does at random. */
    public Outcome run(Policy policy, Workload workload, long seed) {
        Simulation simulation = new Simulation();
        Tally tally = new Tally();
        Scheduler scheduler = policy.scheduler(simulation, settings, seed, tally);
        List<JobRecord> ended = new ArrayList<>(workload.jobs().size());
        for (SimulatedJob job : jobs(workload)) {
            job.watch(scheduler::submit, done -> ended.add(record(done)));
            simulation.at(job.submitNanos(), new Event() {
                @Override
                boolean happen() {
                    scheduler.submit(job);
                    return true;
                }
            });
        }
        simulation.run();
        int completed = ended.stream().mapToInt(JobRecord::tasks).sum();
        RunRecord record = new RunRecord(
                policy.label(),
                seed,
                settings.nodes(),
                settings.slotsPerNode(),
                policy.isKairos() ? settings.queueBound() : null,
                policy.isKairos() ? settings.quantum() : null,
                null,
                null,
                ended,
                List.of(),
                new TaskCounts(workload.taskCount(), completed, 0, 0),
                new RunCosts(0.0, null, simulation.events(), null));
        RunCounts counts =
                new RunCounts(tally.placements(), tally.preemptions(), tally.pausedNanos() / NANOS_PER_SECOND);
        return new Outcome(record, counts, tally.behindLong());
    }

    private List<SimulatedJob> jobs(Workload workload) {
        List<SimulatedJob> jobs = new ArrayList<>(workload.jobs().size());
        Map<Double, Double> latest = new HashMap<>();
        for (Job job : workload.jobs()) {
            double submit = job.submitTime();
            if (settings.eagleCompat()) {
                submit = latest.merge(submit, submit, (last, same) -> last + DEPHASING_SECONDS);
            }
            double mean = job.meanTaskSeconds();
            jobs.add(new SimulatedJob(
                    job,
                    job.jobClass(),
                    Math.round(submit * NANOS_PER_SECOND),
                    settings.eagleCompat() ? Math.floor(mean) : mean,
                    settings.eagleCompat()));
        }
        return jobs;
    }

    private JobRecord record(SimulatedJob done) {
        Job job = done.job();
        JobClass jobClass = done.jobClass();
        return new JobRecord(
                done.application(),
                jobClass,
                job.taskCount(),
                job.serviceSeconds(),
                job.uncontendedSeconds(settings.slots()),
                done.submitNanos() / NANOS_PER_SECOND,
                done.endNanos() / NANOS_PER_SECOND);
    }
}
