/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import io.kairos.workloads.model.JobClass;
import java.util.Objects;

/**
 * One job that ran to its end. All times in seconds; moments count from the start of the run.
 *
 * @param job the job's id in the workload
 * @param jobClass short or long
 * @param tasks number of its tasks
 * @param serviceSeconds work of all its tasks together
 * @param uncontendedSeconds time alone: its run time with the cluster to itself, or a lower bound of that; positive
 * @param submitSeconds when it was submitted
 * @param finishSeconds when its last task ended
 */
public record JobRecord(
        String job,
        JobClass jobClass,
        int tasks,
        double serviceSeconds,
        double uncontendedSeconds,
        double submitSeconds,
        double finishSeconds) {
    public JobRecord {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(jobClass, "jobClass");
        if (tasks < 1) {
            throw new IllegalArgumentException("job " + job + ": tasks must be at least 1, was " + tasks);
        }
        requireFinite(job, "serviceSeconds", serviceSeconds, 0);
        requireFinite(job, "uncontendedSeconds", uncontendedSeconds, Double.MIN_VALUE);
        requireFinite(job, "submitSeconds", submitSeconds, 0);
        requireFinite(job, "finishSeconds", finishSeconds, submitSeconds);
    }

    /** From submission to the end of the last task, seconds. */
    public double completionSeconds() {
        return finishSeconds - submitSeconds;
    }

    /** Completion time over time alone. */
    public double slowdown() {
        return completionSeconds() / uncontendedSeconds;
    }

    private static void requireFinite(String job, String name, double value, double least) {
        if (!(value >= least) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "job " + job + ": " + name + " must be finite and at least " + least + ", was " + value);
        }
    }
}
