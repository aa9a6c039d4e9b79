/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.HashMap;
import java.util.Map;

/** Counts nodes by their slots, and candidates by their load, all in O(1). Not thread-safe. */
final class LoadCensus {
    /** All nodes, full ones too. */
    private final Map<Integer, Integer> nodesBySlots = new HashMap<>();

    /** Candidates, by their tasks and slots as they are: to reduce each would cost every placement. */
    private final Map<Load, Integer> candidates = new HashMap<>();

    void joined(int slots) {
        nodesBySlots.merge(slots, 1, Integer::sum);
    }

    void left(int slots) {
        countDown(nodesBySlots, slots);
    }

    void add(Candidate<?> candidate) {
        candidates.merge(candidate.load(), 1, Integer::sum);
    }

    void remove(Candidate<?> candidate) {
        countDown(candidates, candidate.load());
    }

    boolean slotsDiffer() {
        return nodesBySlots.size() > 1;
    }

    /** How many candidates have exactly as many tasks for each slot; O(distinct numbers of slots). */
    int candidatesWith(Load load) {
        int found = 0;
        for (int slots : nodesBySlots.keySet()) {
            long scaled = (long) load.tasks() * slots;
            long tasks = scaled / load.slots();
            if (scaled % load.slots() == 0 && tasks <= Integer.MAX_VALUE) {
                found += candidates.getOrDefault(new Load((int) tasks, slots), 0);
            }
        }
        return found;
    }

    private static <K> void countDown(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
