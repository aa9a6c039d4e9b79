/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events in a heap that knows where each of them stands, so that one can be moved or taken out in O(log n): most of what is scheduled in a
 * cluster that pauses tasks does not happen when it was to. Each event has four children. The heap itself is of moments and of handles
 * that stand for the events: the four that are compared lie side by side, and no event has to be fetched while others move. Not
 * thread-safe.
 */
final class EventHeap {
    private static final int CHILDREN = 4;
    private static final int FIRST_CAPACITY = 1_024;

    // By place in the heap.
    private long[] times = new long[0];
    private long[] orders = new long[0];
    /** The handles of the events; from the size on those that are free. */
    private int[] handles = new int[0];

    // By handle.
    private int[] positions = new int[0];
    /** Null where the handle is free. */
    private @Nullable Event[] events = new @Nullable Event[0];

    private int size;

    EventHeap() {
        grow(FIRST_CAPACITY);
    }

    /**
     * Puts the event in, or to its new place where it is in already.
     *
     * @param order among the events of that moment, lowest first; no two are alike
     */
    void put(Event event, long timeNanos, long order) {
        int handle = event.handle();
        if (handle == Event.NONE) {
            if (size == handles.length) {
                grow(2 * size);
            }
            handle = handles[size];
            positions[handle] = size++;
            events[handle] = event;
            event.handle(handle);
        }
        settle(positions[handle], handle, timeNanos, order);
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
        Event first = Objects.requireNonNull(events[handles[0]]);
        remove(first);
        return first;
    }

    /** Takes the event out, which is in. */
    void remove(Event event) {
        int handle = event.handle();
        event.handle(Event.NONE);
        events[handle] = null;
        size--;
        int last = handles[size];
        handles[size] = handle;
        if (last != handle) {
            settle(positions[handle], last, times[size], orders[size]);
        }
    }

    /** Finds the event's place from the given one on, which is free. */
    private void settle(int from, int handle, long time, long order) {
        int position = rise(from, time, order);
        if (position == from) {
            position = sink(from, time, order);
        }
        set(position, handle, time, order);
    }

    private int rise(int from, long time, long order) {
        int position = from;
        while (position > 0) {
            int parent = (position - 1) / CHILDREN;
            if (isBefore(parent, time, order)) {
                break;
            }
            set(position, handles[parent], times[parent], orders[parent]);
            position = parent;
        }
        return position;
    }

    private int sink(int from, long time, long order) {
        int position = from;
        int child = firstChild(position);
        while (child > 0 && isBefore(child, time, order)) {
            set(position, handles[child], times[child], orders[child]);
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

    private void set(int position, int handle, long time, long order) {
        times[position] = time;
        orders[position] = order;
        handles[position] = handle;
        positions[handle] = position;
    }

    private void grow(int capacity) {
        int before = handles.length;
        times = Arrays.copyOf(times, capacity);
        orders = Arrays.copyOf(orders, capacity);
        handles = Arrays.copyOf(handles, capacity);
        positions = Arrays.copyOf(positions, capacity);
        events = Arrays.copyOf(events, capacity);
        for (int handle = before; handle < capacity; handle++) {
            handles[handle] = handle;
        }
    }
}
