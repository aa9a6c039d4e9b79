/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.PlacementIndex;
import io.kairos.central.TieBreak;
import java.util.Arrays;
import java.util.List;

/**
 * What nodes report of their tasks' attained service, each interval. A placement only compares the nodes that have fewest tasks, so
 * the report of a node is made when its number of tasks is compared, and not again before the interval is over: what would
 * not be read costs nothing.
 */
final class LoadReports {
    private final Simulation simulation;
    private final PlacementIndex<CentralNode> index;
    private final List<CentralNode> nodes;
    private final boolean areRead;
    private final long intervalNanos;
    /** By the number of tasks on the nodes that report. */
    private final long[] takenAt;

    /** @param bound N + Q of the nodes */
    LoadReports(
            Simulation simulation,
            PlacementIndex<CentralNode> index,
            List<CentralNode> nodes,
            int bound,
            TieBreak tieBreak,
            long intervalNanos) {
        this.simulation = simulation;
        this.index = index;
        this.nodes = nodes;
        this.areRead = tieBreak != TieBreak.ROUND_ROBIN && tieBreak != TieBreak.RANDOM;
        // Not more than once at one moment, or a burst would take all of them for each of its tasks.
        this.intervalNanos = Math.max(1, intervalNanos);
        this.takenAt = new long[bound + 1];
        Arrays.fill(takenAt, -this.intervalNanos);
    }

    /** Takes the reports of all nodes with so many tasks, if they are due. */
    void take(int tasks) {
        long now = simulation.now();
        if (!areRead || now - takenAt[tasks] < intervalNanos) {
            return;
        }
        takenAt[tasks] = now;
        for (int i = 0; i < nodes.size(); i++) {
            CentralNode node = nodes.get(i);
            if (node.counted() == tasks && node.hasNews()) {
                index.report(node, node.report(), now);
            }
        }
    }
}
