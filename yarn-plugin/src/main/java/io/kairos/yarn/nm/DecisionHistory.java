/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was decided of each task, the newest decisions, also for a while after the task ended. Bounded however long the node runs.
 * Thread-safe.
 */
final class DecisionHistory {
    /** The first decision of a task is kept besides: why it began as it did. */
    static final int MOST_OF_A_TASK = 50;

    static final int MOST_ENDED_TASKS = 500;

    private final Map<String, Deque<DecisionRow>> tasks = new LinkedHashMap<>();
    private final Set<String> ended = new LinkedHashSet<>();

    synchronized void add(DecisionRow decision) {
        Deque<DecisionRow> rows = tasks.computeIfAbsent(decision.container(), task -> new ArrayDeque<>());
        if (rows.size() > MOST_OF_A_TASK) {
            DecisionRow first = rows.removeFirst();
            rows.removeFirst();
            rows.addFirst(first);
        }
        rows.addLast(decision);
    }

    /** The task left the node: it is kept until enough others have. */
    synchronized void end(String task) {
        ended.remove(task); // a task that YARN launched again ends again, and later
        ended.add(task);
        if (ended.size() > MOST_ENDED_TASKS) {
            Iterator<String> oldest = ended.iterator();
            tasks.remove(oldest.next());
            oldest.remove();
        }
    }

    /** What was decided of a task, in order; empty if nothing is known of it. */
    synchronized List<DecisionRow> of(String task) {
        Deque<DecisionRow> rows = tasks.get(task);
        return rows == null ? List.of() : List.copyOf(rows);
    }

    /** The newest decisions of all tasks, in order. */
    synchronized List<DecisionRow> newest(int most) {
        List<DecisionRow> rows = new ArrayList<>();
        tasks.values().forEach(rows::addAll);
        rows.sort(Comparator.comparingLong(DecisionRow::timeMs));
        return List.copyOf(rows.subList(Math.max(0, rows.size() - most), rows.size()));
    }
}
