/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A walk through the heaps of candidates, best first: a node that is passed leads to its children, and who is next is always
 * among those that were reached and not passed yet. The k-th step costs O(log k). The queue is kept for the next walk.
 *
 * <p>Not thread-safe.
 */
final class PlacementWalk<N extends Comparable<? super N>> {
    private final PriorityQueue<Node<N>> reached;
    private double neutral;

    PlacementWalk(PlacementOrder<N> order) {
        this.reached = new PriorityQueue<>((one, other) -> order.compare(one, other, neutral));
    }

    /**
     * @param neutralScore of those whose own is unknown, all the way
     * @param one first of a heap, as is the other
     */
    void begin(double neutralScore, @Nullable Node<N> one, @Nullable Node<N> other) {
        neutral = neutralScore;
        if (one != null) {
            reach(one);
        }
        if (other != null) {
            reach(other);
        }
    }

    void reach(Node<N> node) {
        reached.add(node);
    }

    /** The next node in placement order, or null at the end. */
    @Nullable Node<N> next() {
        return reached.poll();
    }

    /** Forgets whom it reached. */
    void end() {
        reached.clear();
    }
}
