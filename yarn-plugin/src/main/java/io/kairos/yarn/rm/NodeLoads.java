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
    private final Map<String, PlacementIndex<Known>> indexes = new TreeMap<>();
    private final Map<NodeId, Known> nodes = new HashMap<>();

    private Ordering ordering;
    private long joins;

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
     * @param hasRoom whether any container would fit there; if not, the node is no candidate, however few its tasks are
     * @param report what it last said of its tasks' attained service, if it said anything
     */
    record View(
            String partition, NodeCapacity capacity, int tasks, boolean hasRoom, Optional<ReportBook.Latest> report) {}

    void refresh(NodeId node) {
        Optional<View> view = cluster.apply(node);
        @Nullable Known known = nodes.get(node);
        if (known != null && !(view.isPresent() && view.get().partition().equals(known.partition))) {
            leave(known);
            known = null;
        }
        if (view.isPresent()) {
            update(known == null ? join(node, view.get()) : known, view.get());
        }
    }

    /** What a node said last, where nothing but its attained service is new; counts nothing, so it needs no lock. */
    void report(NodeId node, ReportBook.Latest latest) {
        @Nullable Known known = nodes.get(node);
        if (known != null) {
            report(known, Optional.of(latest));
        }
    }

    /** A report is applied once: applied again it would come back to life after it expired. */
    private static void report(Known known, Optional<ReportBook.Latest> report) {
        if (!known.report.equals(report)) {
            report.ifPresent(latest -> known.index.report(known, latest.service(), latest.arrivedNanos()));
            known.report = report;
        }
    }

    /** Makes neutral what was reported before the given time. */
    void expireReports(long beforeNanos) {
        indexes.values().forEach(index -> index.expireReports(beforeNanos));
    }

    /** The best eligible node below its bound, in the first of the eligible partitions that has one. */
    Optional<NodeId> best(Predicate<String> eligiblePartition, Predicate<NodeId> eligible) {
        followOrdering();
        for (Map.Entry<String, PlacementIndex<Known>> partition : indexes.entrySet()) {
            Optional<Known> best = eligiblePartition.test(partition.getKey())
                    ? partition.getValue().best(known -> eligible.test(known.id))
                    : Optional.empty();
            if (best.isPresent()) {
                return best.map(known -> known.id);
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
        return Optional.ofNullable(nodes.get(node)).map(known -> {
            PlacementIndex<Known> index = known.index;
            Load load = index.load(known);
            return new Standing(
                    load,
                    index.best().map(index::load).orElse(load),
                    index.slotsDiffer(),
                    index.candidatesWith(load),
                    index.score(known).orElse(Double.NaN));
        });
    }

    /** The partition of a node; empty if the node is not known. */
    Optional<String> partition(NodeId node) {
        return Optional.ofNullable(nodes.get(node)).map(known -> known.partition);
    }

    /** Whether a task more would run there at once. */
    boolean hasFreeSlot(NodeId node) {
        @Nullable Known known = nodes.get(node);
        return known != null
                && known.index.tasks(known) < known.index.capacity(known).slots();
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

    private Known join(NodeId node, View now) {
        PlacementIndex<Known> index = indexes.computeIfAbsent(
                now.partition(), name -> new PlacementIndex<>(ordering.tieBreak(), ordering.seed()));
        Known joined = new Known(++joins, node, now.partition(), index);
        index.join(joined, now.capacity(), now.tasks());
        nodes.put(node, joined);
        return joined;
    }

    private static void update(Known known, View now) {
        known.index.resize(known, now.capacity());
        count(known, now.tasks());
        if (now.hasRoom()) {
            known.index.open(known);
        } else {
            known.index.close(known);
        }
        report(known, now.report());
    }

    /** One task more is a placement, which tie-breaks by turn want to hear of; anything else is a new count. */
    private static void count(Known known, int tasks) {
        PlacementIndex<Known> index = known.index;
        int before = index.tasks(known);
        if (tasks == before + 1 && index.takesTasks(known)) {
            index.place(known);
        } else if (tasks != before) {
            index.recount(known, tasks);
        }
    }

    private void leave(Known known) {
        known.index.leave(known);
        if (known.index.size() == 0) {
            indexes.remove(known.partition);
        }
        nodes.remove(known.id);
    }

    /**
     * A node in its partition's index. There is one object for each, so it equals itself alone, and it is ordered by when it joined:
     * that spares a placement all ways through ids, whose text lies far away.
     */
    private static final class Known implements Comparable<Known> {
        final NodeId id;
        final String partition;
        final PlacementIndex<Known> index;
        private final long number;
        Optional<ReportBook.Latest> report = Optional.empty();

        Known(long number, NodeId id, String partition, PlacementIndex<Known> index) {
            this.number = number;
            this.id = id;
            this.partition = partition;
            this.index = index;
        }

        @Override
        public int compareTo(Known other) {
            return Long.compare(number, other.number);
        }
    }
}
