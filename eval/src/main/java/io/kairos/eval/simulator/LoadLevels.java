/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import com.google.common.math.IntMath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes tie when they have equally many tasks for each slot: a level is one such number. Where nodes differ, 2 tasks on 4 slots are the
 * level of 4 tasks on 8.
 */
final class LoadLevels {
    private final boolean areAlike;
    private final Map<Load, Integer> numbers = new HashMap<>();

    /** A number of tasks for each slot, in lowest terms. */
    private record Load(int tasks, int slots) {}

    LoadLevels(List<SimulatedNode> nodes) {
        int slots = nodes.get(0).slots();
        this.areAlike = nodes.stream().allMatch(node -> node.slots() == slots);
    }

    /** The level of that node with so many tasks, from 0 on, in no order. */
    int of(SimulatedNode node, int tasks) {
        if (areAlike) {
            return tasks;
        }
        int divisor = Math.max(1, IntMath.gcd(tasks, node.slots()));
        return numbers.computeIfAbsent(new Load(tasks / divisor, node.slots() / divisor), load -> numbers.size());
    }
}
