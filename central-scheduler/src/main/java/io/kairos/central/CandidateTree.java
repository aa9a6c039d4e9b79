/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.Iterator;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The candidates in placement order, with a neutral score for those whose own is unknown.
 *
 * <p>The neutral score moves with every report, and a key in a tree must not. So candidates without a score live in a tree
 * of their own, where scores decide nothing, and the two trees are merged at the time of asking with the neutral score of
 * that moment. Add and remove cost O(log n); a walk costs O(log n) and then O(1) a step, on average.
 *
 * <p>Not thread-safe.
 */
final class CandidateTree<N extends Comparable<? super N>> {
    private final PlacementOrder<N> order = new PlacementOrder<>();
    private final TreeSet<Candidate<N>> scored = new TreeSet<>(order);
    private final TreeSet<Candidate<N>> unscored = new TreeSet<>(order);

    void add(Candidate<N> candidate) {
        treeOf(candidate).add(candidate);
    }

    void remove(Candidate<N> candidate) {
        treeOf(candidate).remove(candidate);
    }

    boolean contains(Candidate<N> candidate) {
        return treeOf(candidate).contains(candidate);
    }

    int size() {
        return scored.size() + unscored.size();
    }

    /** The first node in placement order, or null when there is no candidate. */
    @Nullable N first(double neutral) {
        Candidate<N> first = firstOf(
                scored.isEmpty() ? null : scored.first(), unscored.isEmpty() ? null : unscored.first(), neutral);
        return first == null ? null : first.node();
    }

    /** The first node in placement order that passes the test, or null when none does. */
    @Nullable N first(double neutral, Predicate<? super N> eligible) {
        Iterator<Candidate<N>> restOfScored = scored.iterator();
        Iterator<Candidate<N>> restOfUnscored = unscored.iterator();
        Candidate<N> nextScored = next(restOfScored);
        Candidate<N> nextUnscored = next(restOfUnscored);
        while (true) {
            Candidate<N> first = firstOf(nextScored, nextUnscored, neutral);
            if (first == null || eligible.test(first.node())) {
                return first == null ? null : first.node();
            }
            if (first.isScored()) {
                nextScored = next(restOfScored);
            } else {
                nextUnscored = next(restOfUnscored);
            }
        }
    }

    private @Nullable Candidate<N> firstOf(
            @Nullable Candidate<N> withScore, @Nullable Candidate<N> without, double neutral) {
        if (withScore == null || without == null) {
            return withScore == null ? without : withScore;
        }
        return order.compare(withScore, without.withScore(neutral)) < 0 ? withScore : without;
    }

    private static <T> @Nullable T next(Iterator<T> rest) {
        return rest.hasNext() ? rest.next() : null;
    }

    private TreeSet<Candidate<N>> treeOf(Candidate<N> candidate) {
        return candidate.isScored() ? scored : unscored;
    }
}
