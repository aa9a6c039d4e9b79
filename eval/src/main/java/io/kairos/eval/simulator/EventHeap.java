/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events in a heap that knows where each of them stands, so that one can be moved or taken out in O(log n): most of what is scheduled in a
 * cluster that pauses tasks does not happen when it was to. Each event has four children, and the moments stand in arrays
 * of their own: the four that are compared lie side by side, and no event has to be fetched for it. Not thread-safe.
 */
final class EventHeap {
    private static final int CHILDREN = 4;
    private static final int FIRST_CAPACITY = 1_024;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] orders = new long[FIRST_CAPACITY];
    /** Null from the size on. */
    private @Nullable Event[] events = new @Nullable Event[FIRST_CAPACITY];

    private int size;

    /**
     * Puts the event in, or to its new place where it is in already.
     *
     * @param order among the events of that moment, lowest first; no two are alike
     */
    void put(Event event, long timeNanos, long order) {
        int position = event.position();
        if (position == Event.NOWHERE) {
            if (size == events.length) {
                grow();
            }
            position = size++;
        }
        settle(position, event, timeNanos, order);
    }

    /** When the first one happens; there is one. */
    long firstTime() {
        return times[0];
    }

    /** Its place among the events of that moment. */
    long firstOrder() {
        return orders[0];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Takes the first one out; there is one. */
    Event removeFirst() {
        Event first = get(0);
        remove(first);
        return first;
    }

    /** Takes the event out, which is in. */
    void remove(Event event) {
        int position = event.position();
        size--;
        Event last = get(size);
        events[size] = null;
        event.moveTo(Event.NOWHERE);
        if (last != event) {
            settle(position, last, times[size], orders[size]);
        }
    }

    /** Finds the event's place from the given one on, which is free. */
    private void settle(int from, Event event, long time, long order) {
        int position = rise(from, time, order);
        if (position == from) {
            position = sink(from, time, order);
        }
        set(position, event, time, order);
    }

    private int rise(int from, long time, long order) {
        int position = from;
        while (position > 0) {
            int parent = (position - 1) / CHILDREN;
            if (isBefore(parent, time, order)) {
                break;
            }
            set(position, get(parent), times[parent], orders[parent]);
            position = parent;
        }
        return position;
    }

    private int sink(int from, long time, long order) {
        int position = from;
        int child = firstChild(position);
        while (child > 0 && isBefore(child, time, order)) {
            set(position, get(child), times[child], orders[child]);
            position = child;
            child = firstChild(position);
        }
        return position;
    }

    /** The earliest of the children; 0 if there is none. */
    private int firstChild(int position) {
        int begin = CHILDREN * position + 1;
        if (begin >= size) {
            return 0;
        }
        int first = begin;
        int end = Math.min(begin + CHILDREN, size);
        for (int child = begin + 1; child < end; child++) {
            if (isBefore(child, times[first], orders[first])) {
                first = child;
            }
        }
        return first;
    }

    private boolean isBefore(int position, long time, long order) {
        return times[position] != time ? times[position] < time : orders[position] < order;
    }

    private Event get(int position) {
        return Objects.requireNonNull(events[position]);
    }

    private void set(int position, Event event, long time, long order) {
        times[position] = time;
        orders[position] = order;
        events[position] = event;
        event.moveTo(position);
    }

    private void grow() {
        times = Arrays.copyOf(times, 2 * size);
        orders = Arrays.copyOf(orders, 2 * size);
        events = Arrays.copyOf(events, 2 * size);
    }
}
