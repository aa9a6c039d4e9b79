/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.PriorityQueue;

/** Virtual time and what happens in it: the one event loop of a run. Not thread-safe. */
final class Simulation {
    private final PriorityQueue<Event> pending = new PriorityQueue<>();
    private long now;
    private long scheduled;
    private long happened;

    /** Nanoseconds from the start of the workload. */
    long now() {
        return now;
    }

    /** How many events have happened, without those that were overtaken. */
    long events() {
        return happened;
    }

    /** @throws IllegalArgumentException if that is in the past */
    void at(long timeNanos, Event event) {
        if (timeNanos < now) {
            throw new IllegalArgumentException("an event at " + timeNanos + " ns, which is past: it is " + now + " ns");
        }
        event.schedule(timeNanos, scheduled++);
        pending.add(event);
    }

    /** Lets everything happen, until nothing is left. */
    void run() {
        for (Event next = pending.poll(); next != null; next = pending.poll()) {
            now = next.timeNanos();
            if (next.happen()) {
                happened++;
            }
        }
    }
}
