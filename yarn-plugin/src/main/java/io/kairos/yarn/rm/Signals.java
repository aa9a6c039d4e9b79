/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.NodeId;

/**
 * Notes for the placement thread: what changed since it last looked. Whoever leaves a note may hold any lock of the scheduler, and
 * neither waits nor wakes anybody: the thread comes by every few milliseconds, and woken at once it would be in the way of whoever
 * brought the news. Thread-safe.
 */
final class Signals {
    private Set<NodeId> changed = new HashSet<>();
    private Set<NodeId> heard = new HashSet<>();
    private Map<NodeId, Integer> named = new LinkedHashMap<>();
    private Map<NodeId, ReportBook.Latest> reported = new HashMap<>();
    private boolean worthAPass;

    /** Whether there is a note: asked before each try, so without the lock. */
    private volatile boolean anything;

    /**
     * What was noted.
     *
     * @param changed nodes to look at afresh: joined, left, resized, or with a container more or less
     * @param heard nodes whose heartbeat came in, to look at afresh as well: a released container stays with its node until that
     *     has ended it, and nothing else tells of that
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
        anything = true;
    }

    /** Something about the node is not what it was; no more can be placed for that. */
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

    /** A node's heartbeat. */
    synchronized void heard(NodeId node) {
        heard.add(node);
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

    /** A node's attained service, which changes nothing but the order of nodes. */
    synchronized void reported(NodeId node, ReportBook.Latest latest) {
        reported.put(node, latest);
        anything = true;
    }

    /** Whether there is nothing to take. */
    boolean isEmpty() {
        return !anything;
    }

    /** Takes the notes there are. */
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
        anything = false;
        return notes;
    }
}
