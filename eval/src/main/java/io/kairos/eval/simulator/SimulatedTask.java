/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** A task on its node: how much of it is left, and since when it runs. As an event it is its own end. */
final class SimulatedTask extends Event {
    private static final long NEVER = -1;

    private final SimulatedJob job;
    private final SimulatedNode node;
    private final TaskOwner owner;
    private final int number;
    private final int sentAfterFailures;
    private final long workNanos;
    private final long durationNanos;
    private long remainingNanos;
    private long runsSince = NEVER;
    private long pausedSince;
    private boolean lost;

    /**
     * @param node where it goes
     * @param workNanos how long it takes at speed 1
     * @param number of the task in its run
     */
    SimulatedTask(SimulatedJob job, SimulatedNode node, TaskOwner owner, long workNanos, int number) {
        this.job = job;
        this.node = node;
        this.owner = owner;
        this.number = number;
        this.sentAfterFailures = node.failures();
        this.workNanos = workNanos;
        this.durationNanos = node.duration(workNanos);
        this.remainingNanos = durationNanos;
    }

    SimulatedJob job() {
        return job;
    }

    SimulatedNode node() {
        return node;
    }

    TaskOwner owner() {
        return owner;
    }

    /** How often its node had failed when it was sent there. */
    int sentAfterFailures() {
        return sentAfterFailures;
    }

    /** How long it takes at speed 1, nanoseconds. */
    long workNanos() {
        return workNanos;
    }

    /** Begins to run, or goes on, at that moment. Returns when it will end if nothing comes between. */
    long run(long from) {
        runsSince = from;
        if (job.learned() != null) {
            job.learned().runs(from);
        }
        return from + remainingNanos;
    }

    /** Stops running. */
    void pause(long now, long costNanos) {
        remainingNanos += costNanos - (now - runsSince);
        stop(now);
        pausedSince = now;
    }

    /** Runs no more, if it does. */
    void stop(long now) {
        if (runsSince != NEVER && job.learned() != null) {
            job.learned().stops(runsSince, now);
        }
        runsSince = NEVER;
    }

    /** What is left of it, while it does not run. */
    long remainingNanos() {
        return remainingNanos;
    }

    /** Somebody else keeps account of what is left of it. */
    void leave(long nanos) {
        remainingNanos = nanos;
    }

    long pausedSince() {
        return pausedSince;
    }

    /** Time for which it has made progress that counts. */
    long doneNanos(long now) {
        long running = runsSince == NEVER ? 0 : Math.max(0, now - runsSince);
        return Math.max(0, durationNanos - remainingNanos + running);
    }

    /** Its node failed. */
    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
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

    @Override
    public String toString() {
        return job.application() + "-" + number;
    }

    // Identity, with a hash that costs nothing.

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return number;
    }
}
