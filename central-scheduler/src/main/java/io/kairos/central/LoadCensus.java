/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts nodes by their slots, and candidates by their tasks among nodes of as many slots; all in O(1). Not thread-safe. Few tasks are looked
 * up in an array, as each placement counts twice; a node that has more is rare.
 */
final class LoadCensus {
    private static final int FEW = 256;

    private final Map<Integer, Alike> bySlots = new HashMap<>();
    /** Whom the last question was about: most clusters have nodes of one or two kinds. */
    private Alike latest = new Alike(0);

    /** All nodes with so many slots. */
    private static final class Alike {
        private final int slots;
        private int nodes;
        private final int[] withFewTasks = new int[FEW];
        private final Map<Integer, Integer> withMore = new HashMap<>(0);

        Alike(int slots) {
            this.slots = slots;
        }

        void count(int tasks, int more) {
            if (tasks < FEW) {
                withFewTasks[tasks] += more;
            } else {
                withMore.merge(tasks, more, (count, added) -> count + added == 0 ? null : count + added);
            }
        }

        int candidatesWith(long tasks) {
            if (tasks < FEW) {
                return withFewTasks[(int) tasks];
            }
            return tasks > Integer.MAX_VALUE ? 0 : withMore.getOrDefault((int) tasks, 0);
        }
    }

    void joined(int slots) {
        alike(slots).nodes++;
    }

    void left(int slots) {
        Alike those = alike(slots);
        those.nodes--;
        if (those.nodes == 0) {
            bySlots.remove(slots);
            latest = new Alike(0);
        }
    }

    void add(Node<?> candidate) {
        alike(candidate.slots).count(candidate.tasks, 1);
    }

    void remove(Node<?> candidate) {
        alike(candidate.slots).count(candidate.tasks, -1);
    }

    boolean slotsDiffer() {
        return bySlots.size() > 1;
    }

    /** How many candidates have exactly as many tasks for each slot; O(distinct numbers of slots). */
    int candidatesWith(Load load) {
        int found = 0;
        for (Alike those : bySlots.values()) {
            long scaled = (long) load.tasks() * those.slots;
            if (scaled % load.slots() == 0) {
                found += those.candidatesWith(scaled / load.slots());
            }
        }
        return found;
    }

    private Alike alike(int slots) {
        if (latest.slots != slots) {
            latest = bySlots.computeIfAbsent(slots, Alike::new);
        }
        return latest;
    }
}
