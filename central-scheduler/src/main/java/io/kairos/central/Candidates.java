/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.ConcurrentModificationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that take tasks, in placement order, with a neutral score for those whose own is unknown.
 *
 * <p>The neutral score moves with every report, and with it would all those nodes. So nodes without a score stand in a heap
 * of their own, where scores decide nothing, and the first nodes of the two heaps are compared at the time of asking with the
 * neutral score of that moment. To put and to remove cost O(log n), the first one O(1); a walk costs O(log k) for its k-th
 * step.
 *
 * <p>Not thread-safe.
 */
final class Candidates<N extends Comparable<? super N>> {
    private final PlacementOrder<N> order = new PlacementOrder<>();
    private final NodeHeap<N> scored = new NodeHeap<>(order);
    private final NodeHeap<N> unscored = new NodeHeap<>(order);
    /** Null while it is walked. */
    private @Nullable PlacementWalk<N> idleWalk;

    /** How often they have changed, for who walks. */
    private int changes;

    /** The node is a candidate, or it was one and has changed. */
    void put(Node<N> node) {
        changes++;
        NodeHeap<N> heap = heapOf(node);
        if (node.heap == heap) {
            heap.changed(node);
        } else {
            remove(node);
            heap.add(node);
        }
    }

    /** The node is no candidate, whether it was one or not. */
    void remove(Node<N> node) {
        if (node.heap != null) {
            changes++;
            node.heap.remove(node);
        }
    }

    /** Whether the node stands where it belongs; O(1). */
    boolean contains(Node<N> node) {
        return heapOf(node).holds(node);
    }

    int size() {
        return scored.size() + unscored.size();
    }

    /** The first node in placement order, or null when there is no candidate. */
    @Nullable Node<N> first(double neutral) {
        Node<N> withScore = scored.first();
        Node<N> without = unscored.first();
        if (withScore == null || without == null) {
            return withScore == null ? without : withScore;
        }
        return order.compare(withScore, without, neutral) < 0 ? withScore : without;
    }

    /** The first node in placement order that passes the test, or null when none does. */
    @Nullable Node<N> first(double neutral, Predicate<? super N> eligible) {
        // The test may walk, too.
        PlacementWalk<N> walk = idleWalk == null ? new PlacementWalk<>(order) : idleWalk;
        idleWalk = null;
        try {
            walk.begin(neutral, scored.first(), unscored.first());
            return firstOf(walk, eligible);
        } finally {
            walk.end();
            idleWalk = walk;
        }
    }

    private @Nullable Node<N> firstOf(PlacementWalk<N> walk, Predicate<? super N> eligible) {
        int before = changes;
        Node<N> next = walk.next();
        while (next != null && !eligible.test(next.id)) {
            if (changes != before) {
                throw new ConcurrentModificationException("the test of node " + next.id + " changed the index");
            }
            heapOf(next).lead(walk, next);
            next = walk.next();
        }
        return next;
    }

    private NodeHeap<N> heapOf(Node<N> node) {
        return node.isScored() ? scored : unscored;
    }
}
