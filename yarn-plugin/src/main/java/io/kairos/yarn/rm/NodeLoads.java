/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.Load;
import io.kairos.central.NodeCapacity;
import io.kairos.central.PlacementIndex;
import io.kairos.central.Residents;
import io.kairos.central.TieBreak;
import io.kairos.yarn.rm.CentralSettings.Ordering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The placement index, one for each partition (node label), kept in line with the cluster. Every change of a count goes through {@link
 * #refresh}, which looks at the node as it is now, so no missed or doubled event can leave a wrong count behind. Not
 * thread-safe: the placement thread owns it.
 *
 * @param <N> the scheduler's own node
 */
final class NodeLoads<N> {
    private final Supplier<Ordering> orderings;
    private final Function<NodeId, Optional<N>> cluster;
    private final Function<N, View> look;
    private final JobKeys jobs;
    private final Map<String, PlacementIndex<RankedNode<N>>> indexes = new TreeMap<>();

    /** By partition, where {@link TieBreak#WORK_LEFT} breaks ties. */
    private final Map<String, Residents<RankedNode<N>, ApplicationId>> residents = new HashMap<>();

    private final Map<NodeId, RankedNode<N>> nodes = new HashMap<>();

    private Ordering ordering;
    private long scoredIn;
    private long joins;

    /**
     * @param orderings asked at each use; another one than before takes effect at once
     * @param cluster the node of that id, or nothing if it is gone
     * @param look a node as it is now
     * @param jobs what is known of them, for {@link TieBreak#WORK_LEFT}
     */
    NodeLoads(
            Supplier<Ordering> orderings, Function<NodeId, Optional<N>> cluster, Function<N, View> look, JobKeys jobs) {
        this.orderings = orderings;
        this.ordering = orderings.get();
        this.cluster = cluster;
        this.look = look;
        this.jobs = jobs;
    }

    /** What orders applications. */
    interface JobKeys {
        /** Another number whenever it is learned anew. */
        long round();

        /** Work left, seconds; 0 while it comes first. */
        double key(ApplicationId application);
    }

    /**
     * A node as it is now.
     *
     * @param owners whose tasks are there, each application once for each
     * @param hasRoom whether any container would fit there; if not, the node is no candidate, however few its tasks are
     * @param report what it last said of its tasks' attained service, if it said anything
     */
    record View(
            String partition,
            NodeCapacity capacity,
            List<ApplicationId> owners,
            boolean hasRoom,
            Optional<ReportBook.Latest> report) {
        int tasks() {
            return owners.size();
        }
    }

    /** Looks at the node of that id, which may have joined, left or become another. */
    void refresh(NodeId id) {
        Optional<N> node = cluster.apply(id);
        Optional<View> view = node.map(look);
        @Nullable RankedNode<N> known = nodes.get(id);
        if (known != null && !(view.isPresent() && view.get().partition().equals(known.partition()))) {
            leave(known);
            known = null;
        }
        if (node.isPresent() && view.isPresent()) {
            RankedNode<N> present = known == null ? join(id, node.get(), view.get()) : known;
            present.become(node.get());
            update(present, view.get());
        }
    }

    /** The known nodes. */
    Set<NodeId> nodes() {
        return Set.copyOf(nodes.keySet());
    }

    /** Counts one task more on a node, for which it is proposed, until the node is counted anew. */
    void expectTask(RankedNode<N> known) {
        if (known.index().takesTasks(known)) {
            known.index().place(known);
        }
    }

    /** Counts a node anew that was just tried; whatever else became of it is noted. */
    void recount(RankedNode<N> known) {
        if (nodes.get(known.id()) == known) { // else another order of nodes took over meanwhile
            update(known, look.apply(known.node()));
        }
    }

    /** The node of that id, if it is known. */
    Optional<RankedNode<N>> find(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** What a node said last, where nothing but its attained service is new. */
    void report(NodeId node, ReportBook.Latest latest) {
        @Nullable RankedNode<N> known = nodes.get(node);
        if (known != null) {
            report(known, Optional.of(latest));
        }
    }

    /** A report is applied once: applied again it would come back to life after it expired. */
    private void report(RankedNode<N> known, Optional<ReportBook.Latest> report) {
        if (known.isNews(report)) {
            report.ifPresent(latest -> known.index().report(known, latest.service(), latest.arrivedNanos()));
        }
    }

    /** Makes neutral what was reported before the given time. */
    void expireReports(long beforeNanos) {
        indexes.values().forEach(index -> index.expireReports(beforeNanos));
    }

    /** The best eligible node below its bound and with room, in the first of the eligible partitions that has one. */
    Optional<RankedNode<N>> best(Predicate<String> eligiblePartition, Predicate<RankedNode<N>> eligible) {
        followOrdering();
        followJobs();
        for (Map.Entry<String, PlacementIndex<RankedNode<N>>> partition : indexes.entrySet()) {
            Optional<RankedNode<N>> best = eligiblePartition.test(partition.getKey())
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

    /** How a node stands now. Costs what asking for the best does. */
    Standing standing(RankedNode<N> known) {
        PlacementIndex<RankedNode<N>> index = known.index();
        Load load = index.load(known);
        return new Standing(
                load,
                index.best().map(index::load).orElse(load),
                index.slotsDiffer(),
                index.candidatesWith(load),
                index.score(known).orElse(Double.NaN));
    }

    /** Whether a task more would run there at once. */
    boolean hasFreeSlot(RankedNode<N> known) {
        PlacementIndex<RankedNode<N>> index = known.index();
        return index.takesTasks(known)
                && index.tasks(known) < index.capacity(known).slots();
    }

    /**
     * Work left of the job that would give way to a task more on the node, seconds; infinite if none would. Nothing where a slot is free, or
     * jobs do not matter.
     */
    OptionalDouble victimWorkLeft(RankedNode<N> known) {
        return ordering.tieBreak() != TieBreak.WORK_LEFT || hasFreeSlot(known)
                ? OptionalDouble.empty()
                : OptionalDouble.of(-known.index().score(known).orElse(Double.NEGATIVE_INFINITY));
    }

    /** Whether it is not known who would give way there: a task that is only expected took the last free slot. */
    boolean isUnsure(RankedNode<N> known) {
        OptionalDouble victim = victimWorkLeft(known);
        return victim.isPresent() && Double.isInfinite(victim.getAsDouble());
    }

    private void followJobs() {
        long round = jobs.round();
        if (round != scoredIn) {
            scoredIn = round;
            residents.values().forEach(Residents::rescore);
        }
    }

    /** What the old tie-break remembered of turns is of no use to the new one: every node joins afresh. */
    private void followOrdering() {
        Ordering now = orderings.get();
        if (!now.equals(ordering)) {
            ordering = now;
            List<NodeId> known = nodes.keySet().stream().sorted().toList();
            indexes.clear();
            residents.clear();
            nodes.clear();
            known.forEach(this::refresh);
        }
    }

    private RankedNode<N> join(NodeId id, N node, View now) {
        PlacementIndex<RankedNode<N>> index = indexes.computeIfAbsent(
                now.partition(), name -> new PlacementIndex<>(ordering.tieBreak(), ordering.seed()));
        RankedNode<N> joined = new RankedNode<>(++joins, id, node, now.partition(), index);
        index.join(joined, now.capacity(), now.tasks());
        if (ordering.tieBreak() == TieBreak.WORK_LEFT) {
            residents.computeIfAbsent(now.partition(), name -> new Residents<>(index, jobs::key));
        }
        nodes.put(id, joined);
        return joined;
    }

    private void update(RankedNode<N> known, View now) {
        PlacementIndex<RankedNode<N>> index = known.index();
        boolean resized = !index.capacity(known).equals(now.capacity());
        index.resize(known, now.capacity());
        count(known, now.tasks());
        @Nullable Residents<RankedNode<N>, ApplicationId> there = residents.get(known.partition());
        if (there != null) {
            there.recount(known, now.owners());
            if (resized) {
                there.rescore(known);
            }
        }
        if (now.hasRoom()) {
            index.open(known);
        } else {
            index.close(known);
        }
        report(known, now.report());
    }

    /** One task more is a placement, which tie-breaks by turn want to hear of; anything else is a new count. */
    private void count(RankedNode<N> known, int tasks) {
        PlacementIndex<RankedNode<N>> index = known.index();
        int before = index.tasks(known);
        if (tasks == before + 1 && index.takesTasks(known)) {
            index.place(known);
        } else if (tasks != before) {
            index.recount(known, tasks);
        }
    }

    private void leave(RankedNode<N> known) {
        known.index().leave(known);
        @Nullable Residents<RankedNode<N>, ApplicationId> there = residents.get(known.partition());
        if (there != null) {
            there.left(known);
        }
        if (known.index().size() == 0) {
            indexes.remove(known.partition());
            residents.remove(known.partition());
        }
        nodes.remove(known.id());
    }
}
