/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.node.TaskRequest;
import io.kairos.node.TaskTerms;

/** A task that may be paused: how much of it is left, and since when it runs. */
final class SimulatedTask {
    private static final TaskTerms TERMS = new TaskTerms(true, 1);
    private static final long NOT_RUNNING = -1;

    private final SimulatedJob job;
    private final int hash;
    private long remainingNanos;
    private long runsSince = NOT_RUNNING;
    private long pausedSince;
    /** How often it began to run; what was to happen in an earlier run does not. */
    private int runs;

    /** @param number of the task in its run */
    SimulatedTask(SimulatedJob job, long durationNanos, int number) {
        this.job = job;
        this.remainingNanos = durationNanos;
        this.hash = number;
    }

    SimulatedJob job() {
        return job;
    }

    /** As it asks a node to run it. */
    TaskRequest<SimulatedTask> request() {
        return new TaskRequest<>(this, job.application(), 1, 0, TERMS);
    }

    /** Begins to run, or goes on. Returns when it will end if nothing comes between. */
    long run(long now) {
        runsSince = now;
        runs++;
        return now + remainingNanos;
    }

    /** Stops running. */
    void pause(long now, long costNanos) {
        remainingNanos -= now - runsSince;
        remainingNanos += costNanos;
        runsSince = NOT_RUNNING;
        pausedSince = now;
    }

    long pausedSince() {
        return pausedSince;
    }

    int runs() {
        return runs;
    }

    /** Whether it still runs as it did when it had begun to run that often. */
    boolean stillRuns(int begun) {
        return runsSince != NOT_RUNNING && runs == begun;
    }

    // Identity, with a hash that costs nothing.

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
