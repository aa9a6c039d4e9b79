/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time and what happens in it: the one event loop of a run. What is scheduled for the same moment happens in the order in which it
 * was scheduled, so that a run is the same each time. Not thread-safe.
 */
final class Simulation {
    /** More than are ever scheduled: what comes first at its moment has a place below 0. */
    private static final long FIRST = 1L << 62;

    private final EventHeap pending = new EventHeap();
    private final List<Lane> lanes = new ArrayList<>();
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
        long place = nextPlace();
        pending.put(event, timeNanos, event.comesFirst() ? place - FIRST : place);
    }

    /** Where events are sent that happen so long after. */
    Lane lane(long delayNanos) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("a delay of " + delayNanos + " ns");
        }
        for (Lane lane : lanes) {
            if (lane.delayNanos() == delayNanos) {
                return lane;
            }
        }
        Lane lane = new Lane(this, delayNanos);
        lanes.add(lane);
        return lane;
    }

    /** The next place in the order of scheduling. */
    long nextPlace() {
        return scheduled++;
    }

    /** The event does not happen, if it is scheduled at all. */
    void cancel(Event event) {
        if (event.isScheduled()) {
            pending.remove(event);
        }
    }

    /** Lets everything happen, until nothing is left. */
    void run() {
        for (Event next = takeNext(); next != null; next = takeNext()) {
            happened++;
            next.happen();
        }
    }

    private @Nullable Event takeNext() {
        Lane first = null;
        long time = pending.isEmpty() ? Long.MAX_VALUE : pending.firstTime();
        long order = pending.isEmpty() ? Long.MAX_VALUE : pending.firstOrder();
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            if (!lane.isEmpty()
                    && (lane.firstTime() < time || (lane.firstTime() == time && lane.firstOrder() < order))) {
                first = lane;
                time = lane.firstTime();
                order = lane.firstOrder();
            }
        }
        if (first != null) {
            now = time;
            return first.removeFirst();
        }
        if (pending.isEmpty()) {
            return null;
        }
        now = time;
        return pending.removeFirst();
    }
}
