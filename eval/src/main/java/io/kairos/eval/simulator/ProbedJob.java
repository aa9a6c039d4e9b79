/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** A stage of a job with probes out, and what workers know of it. */
final class ProbedJob {
    private final SimulatedJob job;
    private int waiting;
    private int knownWaiting;

    ProbedJob(SimulatedJob job) {
        this.job = job;
        this.waiting = job.waiting();
        this.knownWaiting = waiting;
    }

    SimulatedJob job() {
        return job;
    }

    boolean isLong() {
        return job.isLong();
    }

    double estimateSeconds() {
        return job.estimateSeconds();
    }

    /** Whether a task of this stage is left to start. */
    boolean hasTask() {
        return waiting > 0;
    }

    /** Takes one. Returns how long it runs, nanoseconds. */
    long takeTask() {
        waiting--;
        return job.nextTask();
    }

    /** The news that one more of its tasks was taken has come in. */
    void hearOfTask() {
        knownWaiting--;
    }

    /** Whether it is known that no task is left to start. */
    boolean isKnownStarted() {
        return knownWaiting == 0;
    }

    /** Estimated work that is not started, as far as is known. */
    double remainingSeconds() {
        return knownWaiting * job.estimateSeconds();
    }
}
