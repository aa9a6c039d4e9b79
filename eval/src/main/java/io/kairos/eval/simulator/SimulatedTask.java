/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.node.TaskRequest;
import io.kairos.node.TaskTerms;

/** A task that may be paused: how much of it is left, and since when it runs. As an event it is its own end. */
final class SimulatedTask extends Event {
    private static final TaskTerms TERMS = new TaskTerms(true, 1);

    private final SimulatedJob job;
    private final CentralNode node;
    private final int hash;
    private long remainingNanos;
    private long runsSince;
    private long pausedSince;

    /**
     * @param node where it runs
     * @param number of the task in its run
     */
    SimulatedTask(SimulatedJob job, CentralNode node, long durationNanos, int number) {
        this.job = job;
        this.node = node;
        this.remainingNanos = durationNanos;
        this.hash = number;
    }

    SimulatedJob job() {
        return job;
    }

    CentralNode node() {
        return node;
    }

    /** As it asks a node to run it. */
    TaskRequest<SimulatedTask> request() {
        return new TaskRequest<>(this, job.application(), 1, 0, TERMS);
    }

    /** Begins to run, or goes on. Returns when it will end if nothing comes between. */
    long run(long now) {
        runsSince = now;
        return now + remainingNanos;
    }

    /** Stops running. */
    void pause(long now, long costNanos) {
        remainingNanos += costNanos - (now - runsSince);
        pausedSince = now;
    }

    /** What is left of it, while it does not run. */
    long remainingNanos() {
        return remainingNanos;
    }

    long pausedSince() {
        return pausedSince;
    }

    /** Else a task that comes at the very moment would pause one that has nothing left to do. */
    @Override
    boolean comesFirst() {
        return true;
    }

    @Override
    void happen() {
        node.ended(this);
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
