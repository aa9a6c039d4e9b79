/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
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
    /** Nodes for which something is proposed that is not committed yet. */
    private final List<RankedNode<N>> proposed = new ArrayList<>();

    /** How many proposals are ventured before they are committed. */
    private int atOnce = 1;

    private boolean bestFirst;

    /** What the pass acts on. */
    interface Placer<N> {
        /** Whether the node is alive and not reserved. */
        boolean isUsable(RankedNode<N> node);

        /** How many proposals may wait to be committed; asked each time. */
        int mostProposals();

        /**
         * Has the scheduler think out what it would put on the node. Nothing changes yet.
         *
         * @param named whether asks name the node
         */
        Proposed propose(RankedNode<N> node, boolean named);

        /** Commits the oldest proposal that is not committed yet; returns whether a container was placed. */
        boolean commit();

        /** Hears of each try how long it took, with choosing the node before and counting it anew afterwards. */
        default void tried(boolean placed, long nanos) {}
    }

    /** What came of thinking. */
    enum Proposed {
        NOTHING,
        /** Nothing, for whoever wants something would have to share a slot there for too little. Who may not on the best node does not elsewhere. */
        NOBODY_SHARES,
        /** A container more on the node. */
        ONE_MORE,
        /** Something else, which may change what comes next: a reservation, or a container in the place of others. */
        OTHER
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

    /** Tries one node, or a few of the best at once, if there is one; something waits to be placed. Returns whether there is more to do. */
    boolean tryOnce() {
        catchUp();
        boolean last = named.isEmpty() && !bestFirst;
        Outcome outcome = !named.isEmpty() ? tryNamed() : bestFirst ? tryBest() : tryHeard();
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
        if (!tryOn(node.get(), true)) {
            return Outcome.IN_VAIN;
        }
        if (wanted > 1) {
            named.put(id, wanted - 1); // behind the others
        }
        return Outcome.PLACED;
    }

    /** Proposes for one node after the other, each as loaded as if the ones before were committed, and then commits in a row. */
    private Outcome tryBest() {
        long start = clock.getAsLong();
        Proposed last = Proposed.ONE_MORE;
        while (last == Proposed.ONE_MORE && proposed.size() < atOnce) {
            Optional<RankedNode<N>> best = loads.best(
                    partition -> vainTries.getOrDefault(partition, 0) < MOST_VAIN_TRIES,
                    node -> !triedInVain.contains(node) && placer.isUsable(node));
            if (best.isEmpty()) {
                bestFirst = !proposed.isEmpty();
                break;
            }
            if (!proposed.isEmpty() && loads.isUnsure(best.get())) {
                break; // until what is proposed is committed and counted
            }
            last = placer.propose(best.get(), false);
            if (last == Proposed.NOBODY_SHARES) {
                vainTries.put(best.get().partition(), MOST_VAIN_TRIES);
            } else if (last == Proposed.NOTHING) {
                inVain(best.get());
            } else {
                proposed.add(best.get());
                if (proposed.size() < atOnce) {
                    loads.expectTask(best.get()); // for the next choice; when it is committed it is counted
                }
            }
        }
        int tries = proposed.size() + (isNothing(last) ? 1 : 0);
        int placed = commitProposed();
        tell(tries, placed, clock.getAsLong() - start);
        return tries == 0 ? Outcome.NO_NODE : placed > 0 ? Outcome.PLACED : Outcome.IN_VAIN;
    }

    private void inVain(RankedNode<N> node) {
        triedInVain.add(node);
        vainTries.merge(node.partition(), 1, Integer::sum);
    }

    /** Commits what is proposed. Where some of it is refused, because it rested on what came before, no more is ventured for a while. */
    private int commitProposed() {
        List<RankedNode<N>> batch = List.copyOf(proposed);
        proposed.clear(); // first: whatever goes wrong with these, the next ones are others
        int placed = 0;
        for (RankedNode<N> node : batch) {
            if (placer.commit()) {
                placed++;
            } else if (batch.size() == 1) {
                inVain(node);
            }
        }
        if (!batch.isEmpty()) {
            atOnce = placed < batch.size() ? 1 : Math.min(2 * atOnce, placer.mostProposals());
        }
        batch.forEach(loads::recount);
        return placed;
    }

    private void tell(int tries, int placed, long nanos) {
        for (int one = 0; one < tries; one++) {
            placer.tried(one < placed, nanos / tries);
        }
    }

    private Outcome tryHeard() {
        Iterator<NodeId> next = heard.iterator();
        if (!next.hasNext()) {
            return Outcome.NO_NODE;
        }
        NodeId id = next.next();
        next.remove();
        Optional<RankedNode<N>> node = loads.find(id);
        if (node.isPresent() && tryOn(node.get(), false)) {
            heard.add(id);
            startOver();
            return Outcome.PLACED;
        }
        return Outcome.IN_VAIN;
    }

    private boolean tryOn(RankedNode<N> node, boolean isNamed) {
        long start = clock.getAsLong();
        boolean placed = !isNothing(placer.propose(node, isNamed)) && placer.commit();
        loads.recount(node);
        tell(1, placed ? 1 : 0, clock.getAsLong() - start);
        return placed;
    }

    private static boolean isNothing(Proposed proposed) {
        return proposed == Proposed.NOTHING || proposed == Proposed.NOBODY_SHARES;
    }

    private enum Outcome {
        PLACED,
        IN_VAIN,
        /** None was tried: there is none left, or that which an ask names has no slot free. */
        NO_NODE
    }
}
