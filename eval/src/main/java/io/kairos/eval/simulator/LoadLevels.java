/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import com.google.common.math.IntMath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes tie when they have equally many tasks for each slot: a level is one such number, below the bound. Where nodes differ, 2 tasks on 4
 * slots are the level of 4 tasks on 8.
 */
final class LoadLevels {
    static final int ABOVE_ALL = -1;

    private final Map<Integer, int[]> levels = new HashMap<>();
    private final int count;

    /** A number of tasks for each slot, in lowest terms. */
    private record Load(int tasks, int slots) {
        static Load of(int tasks, int slots) {
            int divisor = Math.max(1, IntMath.gcd(tasks, slots));
            return new Load(tasks / divisor, slots / divisor);
        }
    }

    /** @param queueBound tasks that a node takes beyond its slots */
    LoadLevels(List<SimulatedNode> nodes, int queueBound) {
        Map<Load, Integer> numbers = new HashMap<>();
        for (SimulatedNode node : nodes) {
            levels.computeIfAbsent(node.slots(), slots -> {
                int[] ofTasks = new int[slots + queueBound];
                for (int tasks = 0; tasks < ofTasks.length; tasks++) {
                    ofTasks[tasks] = numbers.computeIfAbsent(Load.of(tasks, slots), load -> numbers.size());
                }
                return ofTasks;
            });
        }
        count = numbers.size();
    }

    /** How many levels there are. */
    int count() {
        return count;
    }

    /** The level of nodes with so many slots and tasks, from 0 on, in no order; ABOVE_ALL from the bound on. */
    int[] of(int slots) {
        int[] found = levels.get(slots);
        if (found == null) {
            throw new IllegalArgumentException("no node has " + slots + " slots");
        }
        return found;
    }
}
