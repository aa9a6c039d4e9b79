/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events that all happen the same time after they are sent, such as messages: they happen in the order in which they are sent, so a queue does,
 * and each costs O(1). A ring that grows; not thread-safe.
 */
final class Lane {
    private static final int FIRST_CAPACITY = 256;

    private final Simulation simulation;
    private final long delayNanos;
    private long[] times = new long[FIRST_CAPACITY];
    private long[] orders = new long[FIRST_CAPACITY];
    private @Nullable Event[] events = new @Nullable Event[FIRST_CAPACITY];
    private int first;
    private int size;

    Lane(Simulation simulation, long delayNanos) {
        this.simulation = simulation;
        this.delayNanos = delayNanos;
    }

    /** The event happens when the delay has passed. It is not {@link Event#isScheduled}, and cannot be cancelled. */
    void send(Event event) {
        if (size == events.length) {
            grow();
        }
        int last = (first + size) & (events.length - 1);
        times[last] = simulation.now() + delayNanos;
        orders[last] = simulation.nextPlace();
        events[last] = event;
        size++;
    }

    long delayNanos() {
        return delayNanos;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** When the first one happens; there is one. */
    long firstTime() {
        return times[first];
    }

    /** Its place among those of its moment. */
    long firstOrder() {
        return orders[first];
    }

    Event removeFirst() {
        Event removed = Objects.requireNonNull(events[first]);
        events[first] = null;
        first = (first + 1) & (events.length - 1);
        size--;
        return removed;
    }

    private void grow() {
        int capacity = 2 * events.length;
        long[] moreTimes = new long[capacity];
        long[] moreOrders = new long[capacity];
        @Nullable Event[] more = Arrays.copyOf(events, capacity);
        for (int i = 0; i < size; i++) {
            int from = (first + i) & (events.length - 1);
            moreTimes[i] = times[from];
            moreOrders[i] = orders[from];
            more[i] = events[from];
        }
        times = moreTimes;
        orders = moreOrders;
        events = more;
        first = 0;
    }
}
