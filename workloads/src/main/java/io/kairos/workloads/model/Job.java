/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.model;

import java.util.List;

/**
 * One job: stages that run one after another.
 *
 * @param id number of the job in its workload, from 1
 * @param name one word, for people
 * @param submitTime seconds after the start of the workload
 * @param jobClass the label reports group it by
 * @param stages in order of execution
 */
public record Job(int id, String name, double submitTime, JobClass jobClass, List<Stage> stages) {

    /** @throws IllegalArgumentException if a value is out of range; the message names the job */
    public Job {
        if (id < 1) {
            throw new IllegalArgumentException("job id " + id + ", expected 1 or more");
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("job " + id + " has a blank name, expected one word");
        }
        Seconds.instant("submit time of job " + id, submitTime);
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("job " + id + " has no stage, expected at least one");
        }
    }

    public int taskCount() {
        return stages.stream().mapToInt(Stage::taskCount).sum();
    }

    public double serviceSeconds() {
        return stages.stream().mapToDouble(Stage::serviceSeconds).sum();
    }

    public double meanTaskSeconds() {
        return serviceSeconds() / taskCount();
    }

    /** The longest task of each stage, one after another: the time on a cluster without limits. */
    public double criticalPathSeconds() {
        return stages.stream().mapToDouble(Stage::longestTaskSeconds).sum();
    }

    /**
     * A lower bound of the completion time of this job alone on a cluster of {@code slots} slots: for each stage the
     * larger of its longest task and its work divided by the slots. The time alone that slowdown
     * is measured against: no scheduler reaches it, as it knows neither heartbeats nor the start of a process.
     *
     * @throws IllegalArgumentException if {@code slots} is below 1
     */
    public double uncontendedSeconds(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("slots: " + slots + ", expected 1 or more");
        }
        return stages.stream()
                .mapToDouble(stage -> stage.uncontendedSeconds(slots))
                .sum();
    }

    Job submittedAt(double seconds) {
        return new Job(id, name, seconds, jobClass, stages);
    }

    Job scaledBy(double factor) {
        return new Job(
                id,
                name,
                submitTime * factor,
                jobClass,
                stages.stream().map(stage -> stage.scaledBy(factor)).toList());
    }

    public Job withClass(JobClass other) {
        return new Job(id, name, submitTime, other, stages);
    }

    /** All tasks of all stages, as service demands in seconds, in order. */
    public double[] taskDurations() {
        return stages.stream()
                .flatMapToDouble(stage -> stage.durations().stream())
                .toArray();
    }
}
