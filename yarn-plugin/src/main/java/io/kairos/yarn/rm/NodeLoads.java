/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.Load;
import io.kairos.central.NodeCapacity;
import io.kairos.central.PlacementIndex;
import io.kairos.central.TieBreak;
import io.kairos.yarn.rm.CentralSettings.Ordering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The placement index, one for each partition (node label), kept in line with the cluster. Every change of a count goes through {@link
 * #refresh}, which looks at the node as it is now, so no missed or doubled event can leave a wrong count behind. Not
 * thread-safe: the placement thread owns it.
 */
final class NodeLoads {
    private final Supplier<Ordering> orderings;
    private final Function<NodeId, Optional<View>> cluster;
    private final Map<String, PlacementIndex<NodeId>> indexes = new TreeMap<>();
    private final Map<NodeId, Known> nodes = new HashMap<>();

    private Ordering ordering;

    /** @param cluster a node as it is now, or nothing if it is gone */
    NodeLoads(TieBreak tieBreak, long seed, Function<NodeId, Optional<View>> cluster) {
        this(() -> new Ordering(tieBreak, seed), cluster);
    }

    /** @param orderings asked at each use; another one than before takes effect at once */
    NodeLoads(Supplier<Ordering> orderings, Function<NodeId, Optional<View>> cluster) {
        this.orderings = orderings;
        this.ordering = orderings.get();
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
        @Nullable Known known = nodes.get(node);
        if (known != null
                && !view.map(View::partition).filter(known.partition()::equals).isPresent()) {
            leave(node, known.partition());
            known = null;
        }
        if (view.isPresent()) {
            update(node, known, view.get());
        }
    }

    /** What a node said last, where nothing but its attained service is new; counts nothing, so it needs no lock. */
    void report(NodeId node, ReportBook.Latest latest) {
        @Nullable Known known = nodes.get(node);
        @Nullable PlacementIndex<NodeId> index = known == null ? null : indexes.get(known.partition());
        if (known != null && index != null && !known.report().equals(Optional.of(latest))) {
            index.report(node, latest.service(), latest.arrivedNanos());
            nodes.put(node, new Known(known.partition(), Optional.of(latest)));
        }
    }

    /** Makes neutral what was reported before the given time. */
    void expireReports(long beforeNanos) {
        indexes.values().forEach(index -> index.expireReports(beforeNanos));
    }

    /** The best eligible node below its bound, in the first of the eligible partitions that has one. */
    Optional<NodeId> best(Predicate<String> eligiblePartition, Predicate<NodeId> eligible) {
        followOrdering();
        for (Map.Entry<String, PlacementIndex<NodeId>> partition : indexes.entrySet()) {
            Optional<NodeId> best = eligiblePartition.test(partition.getKey())
                    ? partition.getValue().best(eligible)
                    : Optional.empty();
            if (best.isPresent()) {
                return best;
            }
        }
        return Optional.empty();
    }

    /**
     * How a node stands among those of its partition.
     *
     * @param load its tasks and slots
     * @param least of the node that is best among those of the partition that take one more
     * @param slotsDiffer whether the partition has nodes of other numbers of slots
     * @param tied nodes that take one more and have as many tasks a slot as this one, itself among them
     * @param score by which ties are broken, lowest first; not a number where the node is full
     */
    record Standing(Load load, Load least, boolean slotsDiffer, int tied, double score) {
        int tasks() {
            return load.tasks();
        }

        /** Whether no node has fewer tasks for each slot. */
        boolean isLeast() {
            return !load.isMoreThan(least);
        }
    }

    /** How a node stands now; empty if the node is not known. Costs what asking for the best does. */
    Optional<Standing> standing(NodeId node) {
        return partition(node).map(indexes::get).map(index -> {
            Load load = index.load(node);
            return new Standing(
                    load,
                    index.best().map(index::load).orElse(load),
                    index.slotsDiffer(),
                    index.candidatesWith(load),
                    index.score(node).orElse(Double.NaN));
        });
    }

    /** The partition of a node; empty if the node is not known. */
    Optional<String> partition(NodeId node) {
        return Optional.ofNullable(nodes.get(node)).map(Known::partition);
    }

    /** Whether a task more would run there at once. */
    boolean hasFreeSlot(NodeId node) {
        @Nullable Known known = nodes.get(node);
        @Nullable PlacementIndex<NodeId> index = known == null ? null : indexes.get(known.partition());
        return index != null && index.tasks(node) < index.capacity(node).slots();
    }

    /** What the old tie-break remembered of turns is of no use to the new one: every node joins afresh. */
    private void followOrdering() {
        Ordering now = orderings.get();
        if (!now.equals(ordering)) {
            ordering = now;
            List<NodeId> known = nodes.keySet().stream().sorted().toList();
            indexes.clear();
            nodes.clear();
            known.forEach(this::refresh);
        }
    }

    private void update(NodeId node, @Nullable Known known, View now) {
        PlacementIndex<NodeId> index = indexes.computeIfAbsent(
                now.partition(), name -> new PlacementIndex<>(ordering.tieBreak(), ordering.seed()));
        if (known == null) {
            index.join(node, now.capacity(), now.tasks());
        } else {
            index.resize(node, now.capacity());
            count(index, node, now.tasks());
        }
        // A report is applied once: applied again it would come back to life after it expired.
        if (now.report().isPresent() && (known == null || !known.report().equals(now.report()))) {
            index.report(node, now.report().get().service(), now.report().get().arrivedNanos());
        }
        nodes.put(node, new Known(now.partition(), now.report()));
    }

    /** One task more is a placement, which tie-breaks by turn want to hear of; anything else is a new count. */
    private static void count(PlacementIndex<NodeId> index, NodeId node, int tasks) {
        int known = index.tasks(node);
        if (tasks == known + 1 && known < index.capacity(node).bound()) {
            index.place(node);
        } else if (tasks != known) {
            index.recount(node, tasks);
        }
    }

    private void leave(NodeId node, String partition) {
        PlacementIndex<NodeId> index = indexes.get(partition);
        if (index != null) {
            index.leave(node);
            if (index.size() == 0) {
                indexes.remove(partition);
            }
        }
        nodes.remove(node);
    }

    private record Known(String partition, Optional<ReportBook.Latest> report) {}
}
