/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.model;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Jobs in order of their submission; jobs of the same time keep the order they were given in.
 *
 * @param name the generator or the file it came from
 * @param seed the generator's seed; 0 for a trace
 * @param jobs sorted by submit time, ids unique
 */
public record Workload(String name, long seed, List<Job> jobs) {

    /** Sorts the jobs. @throws IllegalArgumentException if there is no job or an id occurs twice */
    public Workload {
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("workload " + name + " has no jobs, expected at least one");
        }
        requireUniqueIds(jobs);
        jobs = jobs.stream().sorted(Comparator.comparingDouble(Job::submitTime)).toList();
    }

    public int taskCount() {
        return jobs.stream().mapToInt(Job::taskCount).sum();
    }

    /** All work in it, in slot seconds. */
    public double serviceSeconds() {
        return total(Job::serviceSeconds);
    }

    /** Work of one class, in slot seconds. */
    public double serviceSeconds(JobClass jobClass) {
        return total(job -> job.jobClass() == jobClass ? job.serviceSeconds() : 0);
    }

    /** Time of the last submission, in seconds. */
    public double lastSubmitTime() {
        return jobs.get(jobs.size() - 1).submitTime();
    }

    /** The same jobs, labelled anew: a job is long if its mean task duration is above the cutoff. */
    public Workload classifiedBy(double cutoffSeconds) {
        Seconds.duration("cutoff", cutoffSeconds);
        return new Workload(
                name,
                seed,
                jobs.stream()
                        .map(job ->
                                job.withClass(job.meanTaskSeconds() > cutoffSeconds ? JobClass.LONG : JobClass.SHORT))
                        .toList());
    }

    /** The same jobs, labelled anew: the cutoff is the given percentile (nearest rank) of mean task durations. */
    public Workload classifiedByPercentile(double percentile) {
        if (!(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException("percentile: " + percentile + ", expected above 0 and at most 100");
        }
        double[] means =
                jobs.stream().mapToDouble(Job::meanTaskSeconds).sorted().toArray();
        return classifiedBy(means[(int) Math.ceil(percentile / 100 * means.length) - 1]);
    }

    /** The same jobs, moved in time so that the first one is submitted at 0. */
    public Workload fromZero() {
        double first = jobs.get(0).submitTime();
        return new Workload(
                name,
                seed,
                jobs.stream()
                        .map(job -> job.submittedAt(job.submitTime() - first))
                        .toList());
    }

    /**
     * The same jobs with all times multiplied, submissions and tasks alike.
     *
     * @throws IllegalArgumentException if a time leaves the range of {@link Seconds}
     */
    public Workload scaledBy(double factor) {
        Seconds.duration("scale", factor);
        return new Workload(
                name, seed, jobs.stream().map(job -> job.scaledBy(factor)).toList());
    }

    /**
     * A lower bound of the time from the start to the end of the last job, whatever the scheduler: the work spread over
     * all slots, or the job that even alone would end last.
     */
    public double leastSeconds(int slots) {
        return jobs.stream()
                .mapToDouble(job -> job.submitTime() + job.uncontendedSeconds(slots))
                .reduce(serviceSeconds() / slots, Math::max);
    }

    private double total(ToDoubleFunction<Job> measure) {
        return jobs.stream().mapToDouble(measure).sum();
    }

    private static void requireUniqueIds(List<Job> jobs) {
        Set<Integer> seen = new HashSet<>();
        for (Job job : jobs) {
            if (!seen.add(job.id())) {
                throw new IllegalArgumentException("job id " + job.id() + " occurs twice, expected unique ids");
            }
        }
    }
}
