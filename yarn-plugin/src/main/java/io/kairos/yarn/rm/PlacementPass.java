/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.hadoop.yarn.api.records.NodeId;

/**
 * Decides which node is filled next. First the nodes that new asks name, for there lie their data, each in turn and only
 * while it has a free slot: beyond that a task would wait where others run. Then the best node, until nothing more fits; then one
 * try on each node whose heartbeat came in, for what no best node can serve: AMs on full nodes, asks bound to one host,
 * reservations. Not thread-safe: the placement thread owns it.
 *
 * <pre>
 *   NAMED --none left--> BEST FIRST --no node is left, or too many tries in vain--> HEARTBEATS --none left--> done
 *        ^                                                        |
 *        +--------------------- something was placed -------------+
 * </pre>
 */
final class PlacementPass<N> {
    /**
     * After so many tries in vain the rest of a partition is left to the heartbeats: asks that fit nowhere must not cost a walk of
     * all nodes.
     */
    static final int MOST_VAIN_TRIES = 100;

    private final NodeLoads<N> loads;
    private final Placer<N> placer;
    private final LongSupplier clock;
    private final Set<NodeId> stale = new LinkedHashSet<>();
    private final Set<NodeId> heard = new LinkedHashSet<>();
    private final Map<NodeId, Integer> named = new LinkedHashMap<>();
    private final Set<RankedNode<N>> triedInVain = new HashSet<>();
    private final Map<String, Integer> vainTries = new HashMap<>();
    private boolean bestFirst;

    /** What the pass acts on. */
    interface Placer<N> {
        /** Whether the node is alive and not reserved. */
        boolean isUsable(RankedNode<N> node);

        /** Lets the scheduler place one container on the node; returns whether it did. */
        boolean place(RankedNode<N> node);

        /** The same, where the node is tried because asks name it. */
        default boolean placeNamed(RankedNode<N> node) {
            return place(node);
        }

        /** Hears of each try how long it took, with choosing the node before and counting it anew afterwards. */
        default void tried(boolean placed, long nanos) {}
    }

    /** @param clock nanoseconds, for what a try takes */
    PlacementPass(NodeLoads<N> loads, Placer<N> placer, LongSupplier clock) {
        this.loads = loads;
        this.placer = placer;
        this.clock = clock;
    }

    /** Takes what happened since it was told last. */
    void note(Signals.Notes notes) {
        notes.reported().forEach(loads::report);
        stale.addAll(notes.changed());
        stale.addAll(notes.heard());
        heard.addAll(notes.heard());
        notes.named().forEach((node, tasks) -> named.merge(node, tasks, Integer::max));
    }

    /** More may be placed than before, also where it was tried in vain. */
    void startOver() {
        bestFirst = true;
        triedInVain.clear();
        vainTries.clear();
    }

    /** Whatever was missed: every node is looked at afresh, and tried again. */
    void lookAtAll() {
        stale.addAll(loads.nodes());
        startOver();
    }

    /** Nothing waits to be placed: what was noted to be tried is of no use any more. Returns that there is no more to do. */
    boolean rest() {
        bestFirst = false;
        heard.clear();
        named.clear();
        catchUp();
        return false;
    }

    /** Tries one node, if there is one; something waits to be placed. Returns whether there is more to do. */
    boolean tryOnce() {
        catchUp();
        long start = clock.getAsLong();
        boolean last = named.isEmpty() && !bestFirst;
        Outcome outcome = !named.isEmpty() ? tryNamed() : bestFirst ? tryBest() : tryHeard();
        if (outcome != Outcome.NO_NODE) {
            placer.tried(outcome == Outcome.PLACED, clock.getAsLong() - start);
        }
        return outcome != Outcome.NO_NODE || !last;
    }

    /** Looks afresh at every node that was noted as changed. */
    private void catchUp() {
        for (Iterator<NodeId> rest = stale.iterator(); rest.hasNext(); ) {
            NodeId node = rest.next();
            rest.remove(); // first: one that cannot be looked at must not be in the way of all others
            loads.refresh(node);
        }
    }

    private Outcome tryNamed() {
        NodeId id = named.keySet().iterator().next();
        int wanted = Objects.requireNonNull(named.remove(id));
        Optional<RankedNode<N>> node = loads.find(id).filter(loads::hasFreeSlot).filter(placer::isUsable);
        if (node.isEmpty()) {
            return Outcome.NO_NODE;
        }
        if (!tryOn(node.get(), placer::placeNamed)) {
            return Outcome.IN_VAIN;
        }
        if (wanted > 1) {
            named.put(id, wanted - 1); // behind the others
        }
        return Outcome.PLACED;
    }

    private Outcome tryBest() {
        Optional<RankedNode<N>> best = loads.best(
                partition -> vainTries.getOrDefault(partition, 0) < MOST_VAIN_TRIES,
                node -> !triedInVain.contains(node) && placer.isUsable(node));
        if (best.isEmpty()) {
            bestFirst = false;
            return Outcome.NO_NODE;
        }
        if (tryOn(best.get(), placer::place)) {
            return Outcome.PLACED;
        }
        triedInVain.add(best.get());
        vainTries.merge(best.get().partition(), 1, Integer::sum);
        return Outcome.IN_VAIN;
    }

    private Outcome tryHeard() {
        Iterator<NodeId> next = heard.iterator();
        if (!next.hasNext()) {
            return Outcome.NO_NODE;
        }
        NodeId id = next.next();
        next.remove();
        Optional<RankedNode<N>> node = loads.find(id);
        if (node.isPresent() && tryOn(node.get(), placer::place)) {
            heard.add(id);
            startOver();
            return Outcome.PLACED;
        }
        return Outcome.IN_VAIN;
    }

    private boolean tryOn(RankedNode<N> node, Predicate<RankedNode<N>> place) {
        try {
            return place.test(node);
        } finally {
            loads.recount(node);
        }
    }

    private enum Outcome {
        PLACED,
        IN_VAIN,
        /** None was tried: there is none left, or that which an ask names has no slot free. */
        NO_NODE
    }
}
