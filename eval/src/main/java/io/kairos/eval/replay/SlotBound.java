/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the ends of tasks under a stock scheduler. A job's master hears of an end up to two heartbeats after the node, and
 * the node may by then run the next task, so that it would seem to run more tasks than it has slots for. It does not: if a
 * task starts on a full node, one of those there has ended by then. The one whose end is heard of first is taken for it.
 */
final class SlotBound {
    private final int slots;
    private final List<EventRecord> events;
    private final Map<String, Integer> endOfTask = new HashMap<>();
    private final Map<String, Set<String>> runningByNode = new HashMap<>();

    private SlotBound(List<EventRecord> events, int slots) {
        this.slots = slots;
        this.events = new ArrayList<>(events);
        this.events.sort(Comparator.comparingDouble(EventRecord::timeSeconds));
    }

    /**
     * The same events with no end later than the next task's start needs it.
     *
     * @param slots tasks that a node runs at a time
     */
    static List<EventRecord> apply(List<EventRecord> events, int slots) {
        return new SlotBound(events, slots).correct();
    }

    private List<EventRecord> correct() {
        for (int index = 0; index < events.size(); index++) {
            if (events.get(index).kind().endsTask()) {
                endOfTask.put(events.get(index).task(), index);
            }
        }
        // Ends only move to the front, and only those not reached yet: one pass in the order as heard is enough.
        for (EventRecord event : List.copyOf(events)) {
            Set<String> running = runningByNode.computeIfAbsent(event.node(), node -> new LinkedHashSet<>());
            if (event.kind() == EventKind.LAUNCH) {
                if (running.size() >= slots) {
                    endFirst(running, event.timeSeconds());
                }
                running.add(event.task());
            } else if (event.kind().endsTask()) {
                running.remove(event.task());
            }
        }
        return events;
    }

    private void endFirst(Set<String> running, double by) {
        String first = firstToEnd(running);
        if (first != null) {
            running.remove(first);
            int end = endOfTask.getOrDefault(first, 0);
            events.set(end, events.get(end).at(by));
        }
    }

    private @Nullable String firstToEnd(Set<String> running) {
        return running.stream()
                .filter(endOfTask::containsKey)
                .min(Comparator.comparingInt(task -> endOfTask.getOrDefault(task, Integer.MAX_VALUE)))
                .orElse(null);
    }
}
