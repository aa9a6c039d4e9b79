/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * How many tasks one node takes: N that run and Q more that wait on it, paused or held. Nodes may differ. Immutable, so
 * thread-safe.
 *
 * @param slots N, tasks that run at a time; at least 1
 * @param queueBound Q, tasks taken beyond N; at least 0
 */
public record NodeCapacity(int slots, int queueBound) {
    /** @throws IllegalArgumentException for numbers out of range, or when N + Q is more than an int holds */
    public NodeCapacity {
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1, was " + slots);
        }
        if (queueBound < 0) {
            throw new IllegalArgumentException("queue bound must be at least 0, was " + queueBound);
        }
        if (queueBound > Integer.MAX_VALUE - slots) {
            throw new IllegalArgumentException(
                    "slots + queue bound must be at most " + Integer.MAX_VALUE + ", was " + slots + " + " + queueBound);
        }
    }

    /** N + Q, the most tasks the node takes. */
    public int bound() {
        return slots + queueBound;
    }
}
