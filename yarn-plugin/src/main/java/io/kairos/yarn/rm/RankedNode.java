/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.PlacementIndex;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.NodeId;

/**
 * A node in its partition's index. There is one object for each, so it equals itself alone. What all else leaves a tie goes to the node
 * that joined first: to compare numbers spares each placement many comparisons of host names. Not thread-safe: the
 * placement thread owns it.
 *
 * @param <N> the scheduler's own node
 */
final class RankedNode<N> implements Comparable<RankedNode<N>> {
    private final long number;
    private final NodeId id;
    private final String partition;
    private final PlacementIndex<RankedNode<N>> index;
    private N node;
    private Optional<ReportBook.Latest> report = Optional.empty();

    /** @param number the lower, the earlier it joined */
    RankedNode(long number, NodeId id, N node, String partition, PlacementIndex<RankedNode<N>> index) {
        this.number = number;
        this.id = id;
        this.node = node;
        this.partition = partition;
        this.index = index;
    }

    NodeId id() {
        return id;
    }

    /** What the scheduler has under that id; as of the last look. */
    N node() {
        return node;
    }

    String partition() {
        return partition;
    }

    PlacementIndex<RankedNode<N>> index() {
        return index;
    }

    /** The scheduler may make another object of a node that comes back. */
    void become(N other) {
        node = other;
    }

    /** Whether that is another report than the last one; from now on it is the last one. */
    boolean isNews(Optional<ReportBook.Latest> latest) {
        if (report.equals(latest)) {
            return false;
        }
        report = latest;
        return true;
    }

    @Override
    public int compareTo(RankedNode<N> other) {
        return Long.compare(number, other.number);
    }
}
