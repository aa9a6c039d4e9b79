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
 * @param preemptionCost work that a pause and its resume cost
 * @param reportInterval between two reports of a node's attained service
 * @param shortReserved share of the slots that Hawk and Eagle keep for short jobs, 0 to below 1
 * @param eagleCompat whether times are treated as Eagle's simulator does: fractions of a second are cut off tasks and estimates, and jobs
 *     of the same moment are submitted 10 ms apart
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
    private static final double NANOS_PER_SECOND = 1e9;

    int slots() {
        return Math.multiplyExact(nodes, slotsPerNode);
    }

    Costs costs() {
        return new Costs(nanos(networkDelay), nanos(startCost), nanos(preemptionCost));
    }

    long reportNanos() {
        return nanos(reportInterval);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS_PER_SECOND);
    }
}
