/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.NodeCapacity;
import io.kairos.central.PlacementIndex;
import io.kairos.central.TieBreak;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The central tier of Kairos: fewest tasks for each slot, then the tie-break, at most so many tasks a node. Counts change when a
 * task is sent, as in a ResourceManager; what nodes report: {@link LoadReports}.
 */
final class FewestTasks implements Placement {
    private final PlacementIndex<SimulatedNode> index;
    private final LoadReports reports;
    /** Null unless the tie-break goes by it. */
    private final @Nullable WorkLeft workLeft;

    private final int[] tasks;
    private final int queueBound;

    /**
     * @param nodes that are up, in the order of their numbers
     * @param queueBound tasks that a node takes beyond its slots
     * @param isAlone whether no other placer sends tasks there
     * @param jobs what is learned of them, for {@link TieBreak#WORK_LEFT}
     */
    FewestTasks(
            Run run,
            List<SimulatedNode> nodes,
            int queueBound,
            TieBreak tieBreak,
            boolean isAlone,
            LearnedJobs jobs,
            long seed) {
        this.index = new PlacementIndex<>(tieBreak, seed);
        this.workLeft = tieBreak == TieBreak.WORK_LEFT ? new WorkLeft(index, jobs) : null;
        this.reports = new LoadReports(run, index, nodes, tieBreak, isAlone);
        this.tasks = new int[nodes.get(nodes.size() - 1).number() + 1];
        this.queueBound = queueBound;
        nodes.forEach(node -> index.join(node, capacity(node), 0));
    }

    private NodeCapacity capacity(SimulatedNode node) {
        return new NodeCapacity(node.slots(), queueBound);
    }

    @Override
    public @Nullable SimulatedNode best() {
        SimulatedNode best = index.best().orElse(null);
        return best != null && learnsOfThoseLike(best) ? index.best().orElse(null) : best;
    }

    private boolean learnsOfThoseLike(SimulatedNode node) {
        if (workLeft != null) {
            // All that have no task are alike.
            return tasks[node.number()] > 0 && workLeft.refresh();
        }
        return reports.takeThoseLike(node);
    }

    @Override
    public boolean hasFreeSlot(SimulatedNode node) {
        return tasks[node.number()] < node.slots();
    }

    @Override
    public double victimSeconds(SimulatedNode node) {
        return workLeft == null ? Double.POSITIVE_INFINITY : -index.score(node).orElseThrow();
    }

    @Override
    public void placed(SimulatedNode node, SimulatedJob job) {
        index.place(node);
        count(node, 1);
        if (workLeft != null) {
            workLeft.placed(node, job);
        }
    }

    @Override
    public void ended(SimulatedNode node, SimulatedJob job) {
        index.finish(node);
        count(node, -1);
        if (workLeft != null) {
            workLeft.ended(node, job);
        }
    }

    @Override
    public void learn(SimulatedNode node, int more) {
        if (index.contains(node)) {
            index.recount(node, tasks[node.number()] + more);
            count(node, more);
        }
    }

    private void count(SimulatedNode node, int more) {
        tasks[node.number()] += more;
        reports.counted(node, tasks[node.number()]);
    }

    @Override
    public void join(SimulatedNode node) {
        index.join(node, capacity(node), 0);
        count(node, 0);
    }

    @Override
    public void leave(SimulatedNode node) {
        index.leave(node);
        reports.forget(node);
        if (workLeft != null) {
            workLeft.leave(node);
        }
        tasks[node.number()] = 0;
    }
}
