/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import org.jspecify.annotations.Nullable;

/**
 * A node and its place among the candidates. {@link PlacementOrder} compares slots, tasks, score and last placement: whoever
 * changes one of them puts the node where it belongs before anything is asked. Not thread-safe.
 */
final class Node<N extends Comparable<? super N>> {
    /** Not a number, and equal to itself in the order: among themselves unknown scores decide nothing. */
    static final double UNKNOWN = Double.NaN;

    final N id;
    NodeCapacity capacity;
    // Of the capacity; here as well, for they are asked for so often that the way there counts.
    /** N, tasks the node runs at a time. */
    int slots;
    /** N + Q, the most tasks it takes. */
    private int bound;

    int tasks;
    boolean closed;
    /** The tie-break's score, lowest first; {@link #UNKNOWN} when nothing is known. Of no meaning unless it is a candidate. */
    double score = UNKNOWN;
    /** What its owner last scored it with. */
    double givenScore = Double.NEGATIVE_INFINITY;
    /** The number of the last placement here; 0 when there was none. */
    long lastPlacement;

    ReportLedger.@Nullable Entry<N> report;

    /** Where it stands as a candidate; null while it is full or closed. */
    @Nullable NodeHeap<N> heap;
    /** Where in its heap. */
    int position;

    Node(N id, NodeCapacity capacity, int tasks) {
        this.id = id;
        this.capacity = capacity;
        this.slots = capacity.slots();
        this.bound = capacity.bound();
        this.tasks = tasks;
    }

    void resize(NodeCapacity other) {
        capacity = other;
        slots = other.slots();
        bound = other.bound();
    }

    boolean takesTasks() {
        return !closed && tasks < bound;
    }

    boolean isCandidate() {
        return heap != null;
    }

    boolean isScored() {
        return !Double.isNaN(score);
    }

    /** Its score, or the neutral one where that is unknown. */
    double score(double neutral) {
        return isScored() ? score : neutral;
    }
}
