/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/**
 * The cluster that is simulated, and the parameters of the schedulers. Times in seconds.
 *
 * @param nodes at least 1
 * @param slotsPerNode N, tasks that a node runs at a time
 * @param queueBound Q, tasks that a node takes beyond N under Kairos
 * @param quantum W
 * @param networkDelay of one message, one way
 * @param startCost from the launch of a task to its first progress
 * @param preemptionCost work that a pause and its resume cost; less than the quantum, or a task that is paused each quantum never ends
 * @param reportInterval between two reports of a node's attained service
 * @param shortReserved share of the slots that Hawk and Eagle keep for short jobs, 0 to below 1
 * @param eagleCompat whether times are read as {@link EagleTimes} does
 */
public record SimulationSettings(
        int nodes,
        int slotsPerNode,
        int queueBound,
        double quantum,
        double networkDelay,
        double startCost,
        double preemptionCost,
        double reportInterval,
        double shortReserved,
        boolean eagleCompat) {
    /** @throws IllegalArgumentException if preempted tasks would never end */
    public SimulationSettings {
        if (preemptionCost >= quantum) {
            throw new IllegalArgumentException("a preemption costs " + preemptionCost + " s and the quantum is "
                    + quantum + " s: expected less, or tasks that are preempted each quantum never end");
        }
    }

    int slots() {
        return Math.multiplyExact(nodes, slotsPerNode);
    }

    Costs costs() {
        return new Costs(Nanos.of(networkDelay), Nanos.of(startCost), Nanos.of(preemptionCost));
    }
}
