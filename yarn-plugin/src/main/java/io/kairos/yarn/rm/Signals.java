/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.yarn.api.records.NodeId;

/**
 * Notes for the placement thread: what changed since it last looked. Whoever leaves a note may hold any lock of the scheduler and
 * never waits. Thread-safe.
 */
final class Signals {
    private Set<NodeId> changed = new HashSet<>();
    private Set<NodeId> heard = new HashSet<>();
    private Map<NodeId, Integer> named = new LinkedHashMap<>();
    private Map<NodeId, ReportBook.Latest> reported = new HashMap<>();
    private boolean worthAPass;
    private boolean pending;
    private boolean waiting;

    /** Whether there is a note: asked before each try, so without the lock. */
    private volatile boolean anything;

    /**
     * What was noted.
     *
     * @param changed nodes to look at afresh: joined, left, resized, or with a container more or less
     * @param heard nodes whose heartbeat came in
     * @param named nodes that new asks name, in the order of the asks, and how many tasks they want there
     * @param reported what nodes said of their attained service
     * @param worthAPass whether something happened after which more may be placed
     */
    record Notes(
            Set<NodeId> changed,
            Set<NodeId> heard,
            Map<NodeId, Integer> named,
            Map<NodeId, ReportBook.Latest> reported,
            boolean worthAPass) {
        static final Notes NONE = new Notes(Set.of(), Set.of(), Map.of(), Map.of(), false);
    }

    /** More may be placed than before: an ask, a release, a new limit. */
    synchronized void retry() {
        worthAPass = true;
        wake();
    }

    /** Something about the node is not what it was. No more can be placed for that, so nobody is woken. */
    synchronized void changed(NodeId node) {
        changed.add(node);
        anything = true;
    }

    /** Something about the node is not what it was, and more may be placed for that. */
    synchronized void freed(NodeId node) {
        changed.add(node);
        retry();
    }

    synchronized void freed(Collection<NodeId> nodes) {
        changed.addAll(nodes);
        retry();
    }

    /**
     * A node's heartbeat. Nobody is woken for it: what it makes possible can wait for the next turn, and thousands of nodes have a
     * heartbeat each second.
     *
     * @param isChanged whether something about the node is not what it was
     */
    synchronized void heard(NodeId node, boolean isChanged) {
        heard.add(node);
        if (isChanged) {
            changed.add(node);
        }
        anything = true;
    }

    /**
     * There are new asks.
     *
     * @param nodes those that they name, as where the data of so many tasks lie or where they must run
     */
    synchronized void asked(Map<NodeId, Integer> nodes) {
        nodes.forEach((node, tasks) -> named.merge(node, tasks, Integer::max));
        heard.addAll(nodes.keySet());
        retry();
    }

    /**
     * A node's attained service. It changes nothing but the order of nodes, so nobody is woken for it: thousands of nodes report each
     * second.
     */
    synchronized void reported(NodeId node, ReportBook.Latest latest) {
        reported.put(node, latest);
        anything = true;
    }

    /** Takes the notes there are, without waiting. */
    Notes take() {
        return anything ? takeAll() : Notes.NONE;
    }

    private synchronized Notes takeAll() {
        Notes notes = new Notes(changed, heard, named, reported, worthAPass);
        changed = new HashSet<>();
        heard = new HashSet<>();
        named = new LinkedHashMap<>();
        reported = new HashMap<>();
        worthAPass = false;
        pending = false;
        anything = false;
        return notes;
    }

    /** Waits until there is a note to be woken for or the time is over; returns whether there is one. */
    synchronized boolean await(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        waiting = true;
        try {
            while (!pending) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
        } finally {
            waiting = false;
        }
        return true;
    }

    /** Whether the placement thread has done all it had to do: it waits, and there is no note for it. */
    synchronized boolean isQuiet() {
        return waiting && !pending && heard.isEmpty();
    }

    private synchronized void wake() {
        pending = true;
        anything = true;
        notifyAll();
    }
}
