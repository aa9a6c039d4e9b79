/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The submission of a workload's jobs, one after the other: each one schedules the next. */
final class Arrivals extends Event {
    private final Run run;
    private final Estimates estimates;
    private final double leastLongSeconds;
    private final double highestSpeed;
    private final Scheduler scheduler;
    private final Consumer<SimulatedJob> ended;
    private final List<Submission> submissions;
    private int next;

    /**
     * @param job as it is run
     * @param recorded as the workload has it
     */
    private record Submission(Job job, Job recorded) {}

    /**
     * @param estimates what schedulers are told of the jobs
     * @param ended told when a job is over
     */
    Arrivals(Run run, Workload workload, Estimates estimates, Scheduler scheduler, Consumer<SimulatedJob> ended) {
        this.run = run;
        this.estimates = estimates;
        this.leastLongSeconds = Estimates.leastLongSeconds(workload);
        this.highestSpeed = run.settings().nodeGroups().stream()
                .mapToDouble(NodeGroup::speed)
                .max()
                .orElse(1);
        this.scheduler = scheduler;
        this.ended = ended;
        List<Job> jobs = run.settings().eagleCompat() ? EagleTimes.of(workload) : workload.jobs();
        this.submissions = new ArrayList<>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) {
            submissions.add(new Submission(jobs.get(i), workload.jobs().get(i)));
        }
        // Those set apart may have moved behind others.
        submissions.sort(Comparator.comparingDouble(one -> one.job().submitTime()));
    }

    /** Schedules the first one. */
    void begin() {
        expect();
    }

    private void expect() {
        if (next < submissions.size()) {
            run.simulation().at(Nanos.of(submissions.get(next).job().submitTime()), this);
        }
    }

    @Override
    void happen() {
        SimulatedJob job = simulated(next, submissions.get(next));
        next++;
        job.watch(scheduler::submit, ended);
        // First, so that jobs of one moment come one after the other, before what they lead to.
        expect();
        scheduler.submit(job);
    }

    private SimulatedJob simulated(int turn, Submission submission) {
        double mean = submission.recorded().meanTaskSeconds();
        double told = mean * estimates.factor(submission.recorded(), run.seed());
        boolean isLong = submission.recorded().jobClass() == JobClass.LONG;
        // A job of which nothing is left when fractions are cut off is measured against what it was.
        Job measure = EagleTimes.isNothing(submission.job()) ? submission.recorded() : submission.job();
        return new SimulatedJob(
                submission.job(),
                turn,
                run.settings().eagleCompat() ? Math.floor(told) : told,
                estimates.areExact() ? isLong : told >= leastLongSeconds,
                measure.uncontendedSeconds(run.settings().slots()) / highestSpeed);
    }
}
