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

    /**
     * What was noted.
     *
     * @param changed nodes to look at afresh: joined, left, resized, or with a container more or less
     * @param heard nodes whose heartbeat came in
     * @param named nodes that new asks name, in the order of the asks, and how many tasks they want there
     * @param worthAPass whether something happened after which more may be placed
     */
    record Notes(Set<NodeId> changed, Set<NodeId> heard, Map<NodeId, Integer> named, boolean worthAPass) {}

    /** More may be placed than before: an ask, a release, a new limit. */
    synchronized void retry() {
        worthAPass = true;
        wake();
    }

    /** Something about the node is not what it was; no more can be placed for that. */
    synchronized void changed(NodeId node) {
        changed.add(node);
        wake();
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
     * @param worthATry whether anything waits to be placed
     */
    synchronized void heard(NodeId node, boolean worthATry) {
        changed.add(node);
        if (worthATry) {
            heard.add(node);
        }
    }

    /** An ask names the node, as that where the data of so many tasks lie or where they must run. */
    synchronized void named(NodeId node, int tasks) {
        named.merge(node, tasks, Integer::max);
        heard.add(node);
        wake();
    }

    /**
     * A node's attained service. It changes nothing but the order of nodes, so nobody is woken for it: thousands of nodes report each
     * second.
     */
    synchronized void reported(NodeId node, ReportBook.Latest latest) {
        reported.put(node, latest);
    }

    /** Takes the reports there are; they are no part of the notes, as they can be taken without a lock of the scheduler. */
    synchronized Map<NodeId, ReportBook.Latest> takeReported() {
        Map<NodeId, ReportBook.Latest> taken = reported;
        reported = new HashMap<>();
        return taken;
    }

    /** Takes the notes there are, without waiting. */
    synchronized Notes take() {
        Notes notes = new Notes(changed, heard, named, worthAPass);
        changed = new HashSet<>();
        heard = new HashSet<>();
        named = new LinkedHashMap<>();
        worthAPass = false;
        pending = false;
        return notes;
    }

    /** Waits until there is a note to be woken for or the time is over; returns whether there is anything worth a step. */
    synchronized boolean await(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        waiting = true;
        try {
            while (!pending) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return !heard.isEmpty();
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
        notifyAll();
    }
}
