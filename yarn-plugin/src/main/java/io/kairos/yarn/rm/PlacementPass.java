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
import org.apache.hadoop.yarn.api.records.NodeId;

/**
 * Decides which node is filled next. First the nodes that new asks name, for there lie their data, each in turn and only
 * while it has a free slot: beyond that a task would wait where others run. Then the best node, until nothing more fits; then one try on each node whose heartbeat came in, for what no best node can serve: AMs on full nodes, asks
 * bound to one host, reservations. It works in steps short enough to hold a lock for. Not thread-safe: the placement thread owns
 * it.
 *
 * <pre>
 *   NAMED --none left--> BEST FIRST --no node is left, or too many tries in vain--> HEARTBEATS --none left--> done
 *        ^                                                        |
 *        +--------------------- something was placed -------------+
 * </pre>
 */
final class PlacementPass {
    /**
     * After so many tries in vain the rest of a partition is left to the heartbeats: asks that fit nowhere must not cost a walk of
     * all nodes.
     */
    static final int MOST_VAIN_TRIES = 100;

    private static final int MOST_TRIES_A_STEP = 100;
    private static final long STEP_NANOS = 5_000_000;

    private final NodeLoads loads;
    private final Placer placer;
    private final LongSupplier clock;
    private final Set<NodeId> heard = new LinkedHashSet<>();
    private final Map<NodeId, Integer> named = new LinkedHashMap<>();
    private final Set<NodeId> triedInVain = new HashSet<>();
    private final Map<String, Integer> vainTries = new HashMap<>();
    private boolean bestFirst;

    /** What the pass acts on. */
    interface Placer {
        /** Whether anything waits to be placed. */
        boolean anythingPending();

        /** Whether the node is alive and not reserved. */
        boolean isUsable(NodeId node);

        /** Lets the scheduler place one container on the node; returns whether it did. */
        boolean place(NodeId node);
    }

    /** @param clock nanoseconds, for the length of a step */
    PlacementPass(NodeLoads loads, Placer placer, LongSupplier clock) {
        this.loads = loads;
        this.placer = placer;
        this.clock = clock;
    }

    /** Takes what happened since the last step. */
    void note(Signals.Notes notes) {
        notes.changed().forEach(loads::refresh);
        heard.addAll(notes.heard());
        notes.named().forEach((node, tasks) -> named.merge(node, tasks, Integer::max));
        if (notes.worthAPass()) {
            startOver();
        }
    }

    void startOver() {
        bestFirst = true;
        triedInVain.clear();
        vainTries.clear();
    }

    /** Places for a few milliseconds at most; returns whether there is more to do. */
    boolean step() {
        long start = clock.getAsLong();
        for (int tries = 0; tries < MOST_TRIES_A_STEP && clock.getAsLong() - start < STEP_NANOS; tries++) {
            if (!placer.anythingPending()) {
                bestFirst = false;
                heard.clear();
                named.clear();
                return false;
            }
            if (!named.isEmpty()) {
                tryNamed();
            } else if (bestFirst) {
                tryBest();
            } else if (!tryHeard()) {
                return false;
            }
        }
        return true;
    }

    private void tryNamed() {
        NodeId node = named.keySet().iterator().next();
        int wanted = Objects.requireNonNull(named.remove(node));
        if (loads.hasFreeSlot(node) && placer.isUsable(node) && tryOn(node) && wanted > 1) {
            named.put(node, wanted - 1); // behind the others
        }
    }

    private void tryBest() {
        Optional<NodeId> best = loads.best(
                partition -> vainTries.getOrDefault(partition, 0) < MOST_VAIN_TRIES,
                node -> !triedInVain.contains(node) && placer.isUsable(node));
        if (best.isEmpty()) {
            bestFirst = false;
            return;
        }
        if (!tryOn(best.get())) {
            triedInVain.add(best.get());
            loads.partition(best.get()).ifPresent(partition -> vainTries.merge(partition, 1, Integer::sum));
        }
    }

    private boolean tryHeard() {
        Iterator<NodeId> next = heard.iterator();
        if (!next.hasNext()) {
            return false;
        }
        NodeId node = next.next();
        next.remove();
        if (tryOn(node)) {
            heard.add(node);
            startOver();
        }
        return true;
    }

    private boolean tryOn(NodeId node) {
        try {
            return placer.place(node);
        } finally {
            loads.refresh(node);
        }
    }
}
