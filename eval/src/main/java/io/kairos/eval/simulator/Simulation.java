/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/**
 * Virtual time and what happens in it: the one event loop of a run. What is scheduled for the same moment happens in the order in which it
 * was scheduled, so that a run is the same each time. Not thread-safe.
 */
final class Simulation {
    /** More than are ever scheduled: what comes first at its moment has a place below 0. */
    private static final long FIRST = 1L << 62;

    private final EventHeap pending = new EventHeap();
    private long now;
    private long scheduled;
    private long happened;

    /** Nanoseconds from the start of the workload. */
    long now() {
        return now;
    }

    /** How many events have happened. */
    long events() {
        return happened;
    }

    /**
     * Schedules the event; one that is scheduled already happens then instead.
     *
     * @throws IllegalArgumentException if that is in the past
     */
    void at(long timeNanos, Event event) {
        if (timeNanos < now) {
            throw new IllegalArgumentException("an event at " + timeNanos + " ns, which is past: it is " + now + " ns");
        }
        long place = scheduled++;
        pending.put(event, timeNanos, event.comesFirst() ? place - FIRST : place);
    }

    /** The event does not happen, if it is scheduled at all. */
    void cancel(Event event) {
        if (event.isScheduled()) {
            pending.remove(event);
        }
    }

    /** Lets everything happen, until nothing is left. */
    void run() {
        while (!pending.isEmpty()) {
            now = pending.firstTime();
            happened++;
            pending.removeFirst().happen();
        }
    }
}
