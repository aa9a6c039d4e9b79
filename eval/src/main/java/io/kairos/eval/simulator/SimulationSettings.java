/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.workloads.model.Workload;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that is simulated, and the parameters of the schedulers. Times in seconds.
 *
 * @param nodeGroups its nodes, in the order of their numbers
 * @param queueBound Q, tasks that a node takes beyond its slots under Kairos
 * @param quantum W
 * @param networkDelay of one message, one way
 * @param startCost from the launch of a task to its first progress
 * @param preemptionCost work that a pause and its resume cost; less than the quantum, or a task that is paused each quantum never ends
 * @param reportInterval between two reports of a node's attained service
 * @param placementInterval between two moments at which waiting tasks are placed; 0: whenever something changes
 * @param shortReserved share of the slots that Hawk, Eagle and others keep for short jobs, 0 to below 1
 * @param failures how nodes fail; null: never
 * @param eagleCompat whether times are read as {@link EagleTimes} does
 */
public record SimulationSettings(
        List<NodeGroup> nodeGroups,
        int queueBound,
        double quantum,
        double networkDelay,
        double startCost,
        double preemptionCost,
        double reportInterval,
        double placementInterval,
        double shortReserved,
        @Nullable NodeFailures failures,
        boolean eagleCompat) {

    /** A task as long as so many mean times between failures ends at one attempt of 150. */
    private static final int MOST_MEANS = 5;

    /**
     * How nodes fail, each by itself. What ran there is lost and runs again.
     *
     * @param meanSecondsBetween mean time from when a node is up until it fails, exponential
     * @param repairSeconds until it is up again
     */
    public record NodeFailures(double meanSecondsBetween, double repairSeconds) {}

    /** @throws IllegalArgumentException if preempted tasks would never end, or there is no node */
    public SimulationSettings {
        nodeGroups = List.copyOf(nodeGroups);
        if (nodeGroups.isEmpty()) {
            throw new IllegalArgumentException("no nodes, expected at least one");
        }
        if (preemptionCost >= quantum) {
            throw new IllegalArgumentException("a preemption costs " + preemptionCost + " s and the quantum is "
                    + quantum + " s: expected less, or tasks that are preempted each quantum never end");
        }
    }

    /** Nodes that are alike and never fail, tasks placed at once. */
    public SimulationSettings(
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
        this(
                List.of(new NodeGroup(nodes, slotsPerNode, 1)),
                queueBound,
                quantum,
                networkDelay,
                startCost,
                preemptionCost,
                reportInterval,
                0,
                shortReserved,
                null,
                eagleCompat);
    }

    /** How many nodes there are. */
    public int nodes() {
        return nodeGroups.stream().mapToInt(NodeGroup::count).reduce(0, Math::addExact);
    }

    /** Slots of all nodes. */
    public int slots() {
        return nodeGroups.stream()
                .mapToInt(group -> Math.multiplyExact(group.count(), group.slots()))
                .reduce(0, Math::addExact);
    }

    /** Service that all nodes do a second. */
    double capacity() {
        return nodeGroups.stream()
                .mapToDouble(group -> (double) group.count() * group.slots() * group.speed())
                .sum();
    }

    /**
     * Makes sure that tasks end before their nodes fail, at some attempt that somebody will live to see.
     *
     * @throws IllegalArgumentException if they do not; its one line says what was expected
     */
    public void refuseEndless(Workload workload) {
        if (failures == null) {
            return;
        }
        double slowest = nodeGroups.stream().mapToDouble(NodeGroup::speed).min().orElse(1);
        double longest = workload.jobs().stream()
                        .flatMapToDouble(job -> Arrays.stream(job.taskDurations()))
                        .max()
                        .orElse(0)
                / slowest;
        if (longest > MOST_MEANS * failures.meanSecondsBetween()) {
            throw new IllegalArgumentException("nodes fail each " + failures.meanSecondsBetween()
                    + " s and the longest task takes " + longest + " s: expected at most " + MOST_MEANS
                    + " times as much, or it hardly ever ends");
        }
    }

    /** N, slots of each node; null where nodes differ. */
    public @Nullable Integer slotsPerNode() {
        int first = nodeGroups.get(0).slots();
        return nodeGroups.stream().allMatch(group -> group.slots() == first) ? (Integer) first : null;
    }

    /** Whether all nodes do the work of a second in a second. */
    boolean areAllOfSpeedOne() {
        return nodeGroups.stream().allMatch(group -> group.speed() == 1);
    }

    Costs costs() {
        return new Costs(Nanos.of(networkDelay), Nanos.of(startCost), Nanos.of(preemptionCost));
    }

    /** The same with other failures. */
    public SimulationSettings withFailures(@Nullable NodeFailures other) {
        return with(nodeGroups, placementInterval, other);
    }

    /** The same with other nodes. */
    public SimulationSettings withNodes(List<NodeGroup> others) {
        return with(others, placementInterval, failures);
    }

    /** The same with tasks placed at another interval. */
    public SimulationSettings withPlacementInterval(double seconds) {
        return with(nodeGroups, seconds, failures);
    }

    private SimulationSettings with(List<NodeGroup> nodes, double interval, @Nullable NodeFailures nodeFailures) {
        return new SimulationSettings(
                nodes,
                queueBound,
                quantum,
                networkDelay,
                startCost,
                preemptionCost,
                reportInterval,
                interval,
                shortReserved,
                nodeFailures,
                eagleCompat);
    }
}
