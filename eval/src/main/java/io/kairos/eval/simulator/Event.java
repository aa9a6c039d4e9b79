/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** Something that happens at a moment of virtual time; {@link Simulation} keeps them in order. */
abstract class Event implements Comparable<Event> {
    private long timeNanos;
    private long sequence;

    /** Happens. Returns false if it was overtaken by something else, so that nothing had to happen any more. */
    abstract boolean happen();

    final void schedule(long atNanos, long inSequence) {
        timeNanos = atNanos;
        sequence = inSequence;
    }

    final long timeNanos() {
        return timeNanos;
    }

    /** By time; at the same time in the order in which they were scheduled, so that a run is the same each time. */
    @Override
    public final int compareTo(Event other) {
        int byTime = Long.compare(timeNanos, other.timeNanos);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
}
