/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * CONTRACT SKETCH: to be filled in. A live index of nodes; each mutation O(log n).
 *
 * @param <N> node id; its natural order is the last link of the comparator chain
 */
public final class PlacementIndex<N extends Comparable<? super N>> {
    public PlacementIndex(TieBreak tieBreak, long seed) {
        throw new UnsupportedOperationException();
    }

    /** A node joins with the tasks that are on it already. */
    public void join(N node, NodeCapacity capacity, int tasks) {
        throw new UnsupportedOperationException();
    }

    public void leave(N node) {
        throw new UnsupportedOperationException();
    }

    public boolean contains(N node) {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    public void resize(N node, NodeCapacity capacity) {
        throw new UnsupportedOperationException();
    }

    /** One task was placed on the node. */
    public void place(N node) {
        throw new UnsupportedOperationException();
    }

    /** One task of the node ended. */
    public void finish(N node) {
        throw new UnsupportedOperationException();
    }

    /** Sets the node's task count to what its owner counted. */
    public void recount(N node, int tasks) {
        throw new UnsupportedOperationException();
    }

    public void report(N node, ServiceReport report, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Makes neutral each node whose last report is from before the given time; returns how many it made neutral. */
    public int expireReports(long beforeNanos) {
        throw new UnsupportedOperationException();
    }

    /** The best node below its bound, if any is. */
    public Optional<N> best() {
        throw new UnsupportedOperationException();
    }

    /** The best node below its bound that passes the test, walking in placement order. */
    public Optional<N> best(Predicate<? super N> eligible) {
        throw new UnsupportedOperationException();
    }

    public int tasks(N node) {
        throw new UnsupportedOperationException();
    }

    public NodeCapacity capacity(N node) {
        throw new UnsupportedOperationException();
    }
}
