/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes in a heap in which each knows where it stands: one that changes moves up or down in place, in O(log n) and without a
 * new object. Either all of them have a score or none has. Each has four children: half the levels of two, and the four that
 * are compared stand side by side.
 *
 * <p>What a node was before it changed does not matter, not even when it is taken out: it is found by its place.
 *
 * <p>Not thread-safe.
 */
final class NodeHeap<N extends Comparable<? super N>> {
    private static final int CHILDREN = 4;

    private final PlacementOrder<N> order;
    private final List<Node<N>> nodes = new ArrayList<>();

    NodeHeap(PlacementOrder<N> order) {
        this.order = order;
    }

    int size() {
        return nodes.size();
    }

    /** The first node in placement order, or null when there is none. */
    @Nullable Node<N> first() {
        return nodes.isEmpty() ? null : nodes.get(0);
    }

    /** The node stands in no heap. */
    void add(Node<N> node) {
        node.heap = this;
        nodes.add(node);
        set(rise(nodes.size() - 1, node), node);
    }

    /** The node stands here. */
    void remove(Node<N> node) {
        node.heap = null;
        Node<N> last = nodes.remove(nodes.size() - 1);
        if (last != node) {
            settle(last, node.position);
        }
    }

    /** The node stands here, and has changed. */
    void changed(Node<N> node) {
        settle(node, node.position);
    }

    /** Leads the walk to those that are next after this node, which stands here. */
    void lead(PlacementWalk<N> walk, Node<N> node) {
        int end = endOfChildren(node.position);
        for (int child = firstChild(node.position); child < end; child++) {
            walk.reach(nodes.get(child));
        }
    }

    /** Whether the node stands here and where it says, neither before its parent nor after a child; O(1). */
    boolean holds(Node<N> node) {
        int position = node.position;
        if (node.heap != this || position >= nodes.size() || nodes.get(position) != node) {
            return false;
        }
        boolean isInOrder = position == 0 || !isBefore(node, nodes.get(parent(position)));
        int end = endOfChildren(position);
        for (int child = firstChild(position); child < end; child++) {
            isInOrder &= !isBefore(nodes.get(child), node);
        }
        return isInOrder;
    }

    /** Finds the node's place from the given one on, which is free. */
    private void settle(Node<N> node, int from) {
        int position = rise(from, node);
        set(position == from ? sink(from, node) : position, node);
    }

    private int rise(int from, Node<N> node) {
        int position = from;
        while (position > 0) {
            int parent = parent(position);
            Node<N> above = nodes.get(parent);
            if (!isBefore(node, above)) {
                break;
            }
            set(position, above);
            position = parent;
        }
        return position;
    }

    private int sink(int from, Node<N> node) {
        int position = from;
        Node<N> below = bestChild(position);
        while (below != null && isBefore(below, node)) {
            int child = below.position;
            set(position, below);
            position = child;
            below = bestChild(position);
        }
        return position;
    }

    private @Nullable Node<N> bestChild(int position) {
        int begin = firstChild(position);
        int end = endOfChildren(position);
        if (begin >= end) {
            return null;
        }
        Node<N> best = nodes.get(begin);
        for (int child = begin + 1; child < end; child++) {
            Node<N> other = nodes.get(child);
            if (isBefore(other, best)) {
                best = other;
            }
        }
        return best;
    }

    private boolean isBefore(Node<N> one, Node<N> other) {
        return order.compare(one, other, Node.UNKNOWN) < 0;
    }

    private void set(int position, Node<N> node) {
        nodes.set(position, node);
        node.position = position;
    }

    private int endOfChildren(int position) {
        return Math.min(firstChild(position) + CHILDREN, nodes.size());
    }

    private static int firstChild(int position) {
        return CHILDREN * position + 1;
    }

    private static int parent(int position) {
        return (position - 1) / CHILDREN;
    }
}
