/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events in a heap that knows where each of them stands, so that one can be moved or taken out in O(log n): most of what is scheduled in a
 * cluster that pauses tasks does not happen when it was to. Each event has four children, which halves the way of those
 * that sink. Not thread-safe.
 */
final class EventHeap {
    private static final int CHILDREN = 4;

    /** Null from the size on. */
    private @Nullable Event[] heap = new @Nullable Event[1_024];

    private int size;

    /** Puts the event in, or to its new place where it is in already. */
    void put(Event event) {
        if (!event.isScheduled()) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            set(size, event);
            size++;
        }
        settle(event);
    }

    /** Takes the first one out; null if there is none. */
    @Nullable Event removeFirst() {
        if (size == 0) {
            return null;
        }
        Event first = get(0);
        remove(first);
        return first;
    }

    /** Takes the event out, which is in. */
    void remove(Event event) {
        int position = event.position();
        size--;
        Event last = get(size);
        heap[size] = null;
        event.takeOut();
        if (last != event) {
            set(position, last);
            settle(last);
        }
    }

    private void settle(Event event) {
        rise(event);
        sink(event);
    }

    private void rise(Event event) {
        int position = event.position();
        while (position > 0) {
            Event parent = get((position - 1) / CHILDREN);
            if (parent.isBefore(event)) {
                break;
            }
            int above = parent.position();
            set(position, parent);
            position = above;
        }
        set(position, event);
    }

    private void sink(Event event) {
        int position = event.position();
        Event child = firstChild(position);
        while (child != null && child.isBefore(event)) {
            int below = child.position();
            set(position, child);
            position = below;
            child = firstChild(position);
        }
        set(position, event);
    }

    /** The earliest of the children; null if there is none. */
    private @Nullable Event firstChild(int position) {
        int begin = CHILDREN * position + 1;
        if (begin >= size) {
            return null;
        }
        Event first = get(begin);
        int end = Math.min(begin + CHILDREN, size);
        for (int next = begin + 1; next < end; next++) {
            Event child = get(next);
            if (child.isBefore(first)) {
                first = child;
            }
        }
        return first;
    }

    private Event get(int position) {
        return Objects.requireNonNull(heap[position]);
    }

    private void set(int position, Event event) {
        heap[position] = event;
        event.moveTo(position);
    }
}
