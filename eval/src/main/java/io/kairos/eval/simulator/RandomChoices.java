/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A few nodes drawn at random, each with the same chance, and of them the one that has fewest tasks for each slot: with two it is the
 * power of two choices, with one it is chance alone. Nodes take any number. Source: Mitzenmacher, The Power of Two
 * Choices in Randomized Load Balancing (IEEE TPDS, 2001).
 */
final class RandomChoices implements Placement {
    private final List<SimulatedNode> up;
    private final int choices;
    private final int[] tasks;
    private final SplittableRandom random;

    /** @param nodes that are up, in the order of their numbers */
    RandomChoices(List<SimulatedNode> nodes, int choices, long seed) {
        this.up = new ArrayList<>(nodes);
        this.choices = choices;
        this.tasks = new int[nodes.get(nodes.size() - 1).number() + 1];
        this.random = new SplittableRandom(seed);
    }

    @Override
    public @Nullable SimulatedNode best() {
        if (up.isEmpty()) {
            return null;
        }
        SimulatedNode best = draw();
        for (int choice = 1; choice < choices; choice++) {
            SimulatedNode other = draw();
            if ((long) tasks[other.number()] * best.slots() < (long) tasks[best.number()] * other.slots()) {
                best = other;
            }
        }
        return best;
    }

    private SimulatedNode draw() {
        return up.get(random.nextInt(up.size()));
    }

    @Override
    public boolean hasFreeSlot(SimulatedNode node) {
        return tasks[node.number()] < node.slots();
    }

    @Override
    public void placed(SimulatedNode node, SimulatedJob job) {
        tasks[node.number()]++;
    }

    @Override
    public void ended(SimulatedNode node, SimulatedJob job) {
        tasks[node.number()]--;
    }

    @Override
    public void learn(SimulatedNode node, int more) {
        if (!node.isDown()) {
            tasks[node.number()] += more;
        }
    }

    @Override
    public void join(SimulatedNode node) {
        up.add(node);
    }

    @Override
    public void leave(SimulatedNode node) {
        up.remove(node);
        tasks[node.number()] = 0;
    }
}
