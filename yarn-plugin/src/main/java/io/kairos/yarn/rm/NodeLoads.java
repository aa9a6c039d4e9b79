/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import io.kairos.central.PlacementIndex;
import io.kairos.central.TieBreak;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The placement index, one for each partition (node label), kept in line with the cluster. Every change goes through {@link
 * #refresh}, which looks at the node as it is now, so no missed or doubled event can leave a wrong count behind. Not
 * thread-safe: the placement thread owns it.
 */
final class NodeLoads {
    private final TieBreak tieBreak;
    private final long seed;
    private final Function<NodeId, Optional<View>> cluster;
    private final Map<String, PlacementIndex<NodeId>> indexes = new TreeMap<>();
    private final Map<NodeId, String> partitions = new TreeMap<>();

    /** @param cluster a node as it is now, or nothing if it is gone */
    NodeLoads(TieBreak tieBreak, long seed, Function<NodeId, Optional<View>> cluster) {
        this.tieBreak = tieBreak;
        this.seed = seed;
        this.cluster = cluster;
    }

    /**
     * A node as it is now.
     *
     * @param report what it last said of its tasks' attained service, if it said anything
     */
    record View(String partition, NodeCapacity capacity, int tasks, Optional<ReportBook.Latest> report) {}

    void refresh(NodeId node) {
        Optional<View> view = cluster.apply(node);
        @Nullable String partition = partitions.get(node);
        if (partition != null
                && !view.map(View::partition).filter(partition::equals).isPresent()) {
            leave(node, partition);
        }
        view.ifPresent(now -> update(node, now));
    }

    /** Makes neutral what was reported before the given time. */
    void expireReports(long beforeNanos) {
        indexes.values().forEach(index -> index.expireReports(beforeNanos));
    }

    /** The best eligible node below its bound, partition by partition. */
    Optional<NodeId> best(Predicate<NodeId> eligible) {
        for (PlacementIndex<NodeId> index : indexes.values()) {
            Optional<NodeId> best = index.best(eligible);
            if (best.isPresent()) {
                return best;
            }
        }
        return Optional.empty();
    }

    private void update(NodeId node, View now) {
        PlacementIndex<NodeId> index =
                indexes.computeIfAbsent(now.partition(), name -> new PlacementIndex<>(tieBreak, seed));
        if (partitions.put(node, now.partition()) == null) {
            index.join(node, now.capacity(), now.tasks());
        } else {
            if (!index.capacity(node).equals(now.capacity())) {
                index.resize(node, now.capacity());
            }
            if (index.tasks(node) != now.tasks()) {
                index.recount(node, now.tasks());
            }
        }
        now.report().ifPresent(report -> index.report(node, report.service(), report.arrivedNanos()));
    }

    private void leave(NodeId node, String partition) {
        PlacementIndex<NodeId> index = indexes.get(partition);
        if (index != null) {
            index.leave(node);
            if (index.size() == 0) {
                indexes.remove(partition);
            }
        }
        partitions.remove(node);
    }
}
