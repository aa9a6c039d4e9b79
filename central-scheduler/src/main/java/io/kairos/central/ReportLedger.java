/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The last report of each node that has one: how old it is, and the mean score of them all. Add, replace and remove cost
 * O(log n), the mean O(1).
 *
 * <p>Not thread-safe.
 */
final class ReportLedger<N extends Comparable<? super N>> {
    private final TreeSet<Entry<N>> oldestFirst =
            new TreeSet<>(Comparator.<Entry<N>>comparingLong(Entry::nanos).thenComparing(Entry::node));
    private double sum;
    private int changesSinceSummed;

    /** One node's last report. Immutable, because it is a key in a search tree. */
    record Entry<N>(long nanos, double score, N node) {}

    void add(Entry<N> entry) {
        oldestFirst.add(entry);
        changeSum(entry.score());
    }

    void remove(Entry<N> entry) {
        oldestFirst.remove(entry);
        changeSum(-entry.score());
    }

    boolean contains(Entry<N> entry) {
        return oldestFirst.contains(entry);
    }

    int size() {
        return oldestFirst.size();
    }

    /** The oldest report if it is from before the given time, else null. */
    @Nullable Entry<N> oldestBefore(long nanos) {
        if (oldestFirst.isEmpty() || oldestFirst.first().nanos() >= nanos) {
            return null;
        }
        return oldestFirst.first();
    }

    /** The mean score of all reports, those of full nodes too; 0 when there is none. */
    double meanScore() {
        return oldestFirst.isEmpty() ? 0 : sum / oldestFirst.size();
    }

    private void changeSum(double difference) {
        sum += difference;
        changesSinceSummed++;
        // Adding and subtracting leaves rounding errors behind. Summed afresh once in as many changes as there are
        // reports, they cannot build up, at O(1) a change on average.
        if (changesSinceSummed >= oldestFirst.size()) {
            sumAfresh();
        }
    }

    private void sumAfresh() {
        sum = 0;
        for (Entry<N> entry : oldestFirst) {
            sum += entry.score();
        }
        changesSinceSummed = 0;
    }
}
