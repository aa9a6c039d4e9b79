/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** Something that happens at a moment of virtual time; {@link Simulation} keeps them in order. It may be scheduled again and again. */
abstract class Event {
    private static final int NOWHERE = -1;

    private long timeNanos;
    private long order;
    private int position = NOWHERE;

    /** Happens; it is not scheduled any more. */
    abstract void happen();

    /** Whether it comes before all others of its moment that do not. */
    boolean comesFirst() {
        return false;
    }

    /** @param place among the events of one moment, lowest first */
    final void schedule(long atNanos, long place) {
        timeNanos = atNanos;
        order = place;
    }

    final long timeNanos() {
        return timeNanos;
    }

    final boolean isScheduled() {
        return position != NOWHERE;
    }

    /** Where it stands in the heap. */
    final int position() {
        return position;
    }

    final void moveTo(int place) {
        position = place;
    }

    final void takeOut() {
        position = NOWHERE;
    }

    /** By time; at the same time in the order in which they were scheduled, so that a run is the same each time. */
    final boolean isBefore(Event other) {
        return timeNanos != other.timeNanos ? timeNanos < other.timeNanos : order < other.order;
    }
}
