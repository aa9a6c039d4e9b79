/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.ResourceRequest;

/**
 * Notes for the placement thread: what changed since it last looked. Whoever leaves a note may hold any lock of the scheduler, and
 * neither waits nor wakes anybody: the thread comes by every few milliseconds, and woken at once it would be in the way of whoever
 * brought the news. Thread-safe.
 */
final class Signals {
    /** In the order of the events: nodes that join are equal but for who is first. */
    private Set<NodeId> changed = new LinkedHashSet<>();

    /** Not under the lock, over which each heartbeat and each try would get in one another's way; so it has no order of events. */
    private final Set<NodeId> heard = ConcurrentHashMap.newKeySet();

    private List<Asked> asked = new ArrayList<>();
    private Map<NodeId, ReportBook.Latest> reported = new HashMap<>();
    /** How many calls of each application may have asks whose nodes are not taken note of. */
    private final ConcurrentMap<ApplicationAttemptId, Integer> asking = new ConcurrentHashMap<>();

    /** Whether there are notes: asked before each try, so without the lock. */
    private volatile boolean noted;

    /** Whether something happened after which more may be placed. */
    private volatile boolean worthAPass;

    private final NodesByName nodes;

    /**
     * What was noted.
     *
     * @param changed nodes to look at afresh: joined, left, resized, or with a container more or less
     * @param heard nodes whose heartbeat came in, to look at afresh as well: a released container stays with its node until that
     *     has ended it, and nothing else tells of that
     * @param named nodes that new asks name, in the order of the asks, and how many tasks they want there
     * @param reported what nodes said of their attained service
     */
    record Notes(
            Set<NodeId> changed,
            Set<NodeId> heard,
            Map<NodeId, Integer> named,
            Map<NodeId, ReportBook.Latest> reported) {
        static final Notes NONE = new Notes(Set.of(), Set.of(), Map.of(), Map.of());
    }

    /** Tasks that are asked for on a host: where their data lie, or where they must run. */
    record HostAsk(String host, int tasks) {
        /**
         * A host that an ask names is tried first, while the ask is new: in the order of all nodes it would come too late, and an ask
         * bound to it would be lost among them.
         */
        static List<HostAsk> among(List<ResourceRequest> asks) {
            List<HostAsk> hosts = new ArrayList<>(0);
            for (ResourceRequest ask : asks) {
                String name = ask.getResourceName();
                boolean isHost = !ResourceRequest.isAnyLocation(name) && !name.startsWith("/");
                if (isHost && ask.getNumContainers() > 0) {
                    hosts.add(new HostAsk(name, ask.getNumContainers()));
                }
            }
            return hosts;
        }
    }

    /** A call that is over, with what it asked for by host. */
    private record Asked(ApplicationAttemptId attempt, List<HostAsk> hosts) {}

    /** @param nodes that hosts which asks name have */
    Signals(NodesByName nodes) {
        this.nodes = nodes;
    }

    /** More may be placed than before: an ask, a release, a new limit. */
    void retry() {
        worthAPass = true;
    }

    /** Something about the node is not what it was; no more can be placed for that. */
    synchronized void changed(NodeId node) {
        changed.add(node);
        noted = true;
    }

    /** Something about the node is not what it was, and more may be placed for that. */
    synchronized void freed(NodeId node) {
        changed(node);
        retry();
    }

    synchronized void freed(Collection<NodeId> nodes) {
        changed.addAll(nodes);
        noted = true;
        retry();
    }

    /** A node's heartbeat. */
    void heard(NodeId node) {
        heard.add(node);
        noted = true;
    }

    /** An application is about to ask for tasks on hosts that it names; {@link #asked} is to follow, come what may. */
    void asking(ApplicationAttemptId attempt) {
        asking.merge(attempt, 1, Integer::sum);
    }

    /** The scheduler has the asks. Their nodes are found by who takes the notes, as whoever calls is in a hurry. */
    synchronized void asked(ApplicationAttemptId attempt, List<HostAsk> hosts) {
        asked.add(new Asked(attempt, hosts));
        noted = true;
        retry();
    }

    /** Whether the scheduler may have asks of that application whose nodes have not been taken note of: no other node is to serve them. */
    boolean isAsking(ApplicationAttemptId attempt) {
        return asking.containsKey(attempt);
    }

    /** A node's attained service, which changes nothing but the order of nodes. */
    synchronized void reported(NodeId node, ReportBook.Latest latest) {
        reported.put(node, latest);
        noted = true;
    }

    /** Whether there is nothing to take. */
    boolean isEmpty() {
        return !noted && !worthAPass;
    }

    /** Takes word that more may be placed than before, if there is any; to be followed by a look at the notes. */
    boolean takeRetry() {
        boolean worth = worthAPass;
        if (worth) {
            worthAPass = false;
        }
        return worth;
    }

    /** Takes the notes there are. */
    Notes take() {
        return noted ? takeAll() : Notes.NONE;
    }

    private Notes takeAll() {
        noted = false; // first: who is heard from now on is noted again
        Set<NodeId> tookHeard = takeHeard();
        Set<NodeId> tookChanged;
        List<Asked> tookAsked;
        Map<NodeId, ReportBook.Latest> tookReported;
        synchronized (this) {
            tookChanged = changed;
            tookAsked = asked;
            tookReported = reported;
            changed = new LinkedHashSet<>();
            asked = new ArrayList<>();
            reported = new HashMap<>();
        }
        Map<NodeId, Integer> named = new LinkedHashMap<>();
        for (Asked each : tookAsked) {
            for (HostAsk ask : each.hosts()) {
                nodes.of(ask.host()).forEach(node -> named.merge(node, ask.tasks(), Integer::max));
            }
            asking.computeIfPresent(each.attempt(), (id, calls) -> calls == 1 ? null : calls - 1);
        }
        tookHeard.addAll(named.keySet());
        return new Notes(tookChanged, tookHeard, named, tookReported);
    }

    private Set<NodeId> takeHeard() {
        Set<NodeId> taken = new LinkedHashSet<>();
        for (Iterator<NodeId> each = heard.iterator(); each.hasNext(); ) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }
}
