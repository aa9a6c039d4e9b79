/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import org.jspecify.annotations.Nullable;

/**
 * The last report of each node that has one: how old it is, and the mean score of them all. The reports stand in a list by age; as they
 * hardly ever come out of order, add, replace, remove and mean cost O(1), and one that comes late a step for each that
 * overtook it.
 *
 * <p>Not thread-safe.
 *
 * @param <N> node id
 */
final class ReportLedger<N> {
    private @Nullable Entry<N> oldest;
    private @Nullable Entry<N> youngest;
    private int size;
    private double sum;
    private int changesSinceSummed;

    /** One node's last report, and its neighbours in the list. */
    static final class Entry<N> {
        private final long nanos;
        private final double score;
        private final N node;
        private @Nullable Entry<N> older;
        private @Nullable Entry<N> younger;

        Entry(long nanos, double score, N node) {
            this.nanos = nanos;
            this.score = score;
            this.node = node;
        }

        double score() {
            return score;
        }

        N node() {
            return node;
        }
    }

    void add(Entry<N> entry) {
        Entry<N> before = youngest;
        while (before != null && before.nanos > entry.nanos) {
            before = before.older;
        }
        Entry<N> after = before == null ? oldest : before.younger;
        join(before, entry);
        join(entry, after);
        size++;
        changeSum(entry.score);
    }

    void remove(Entry<N> entry) {
        join(entry.older, entry.younger);
        entry.older = null;
        entry.younger = null;
        size--;
        changeSum(-entry.score);
    }

    private void join(@Nullable Entry<N> left, @Nullable Entry<N> right) {
        if (left == null) {
            oldest = right;
        } else {
            left.younger = right;
        }
        if (right == null) {
            youngest = left;
        } else {
            right.older = left;
        }
    }

    /** Whether its neighbours know it; O(1). */
    boolean contains(Entry<N> entry) {
        boolean leftKnows = entry.older == null ? oldest == entry : entry.older.younger == entry;
        boolean rightKnows = entry.younger == null ? youngest == entry : entry.younger.older == entry;
        return leftKnows && rightKnows;
    }

    int size() {
        return size;
    }

    /** The oldest report if it is from before the given time, else null. */
    @Nullable Entry<N> oldestBefore(long nanos) {
        return oldest == null || oldest.nanos >= nanos ? null : oldest;
    }

    /** The mean score of all reports, those of full nodes too; 0 when there is none. */
    double meanScore() {
        return size == 0 ? 0 : sum / size;
    }

    private void changeSum(double difference) {
        sum += difference;
        changesSinceSummed++;
        // Adding and subtracting leaves rounding errors behind. Summed afresh once in as many changes as there are
        // reports, they cannot build up, at O(1) a change on average.
        if (changesSinceSummed >= size) {
            sumAfresh();
        }
    }

    private void sumAfresh() {
        sum = 0;
        for (Entry<N> entry = oldest; entry != null; entry = entry.younger) {
            sum += entry.score;
        }
        changesSinceSummed = 0;
    }
}
