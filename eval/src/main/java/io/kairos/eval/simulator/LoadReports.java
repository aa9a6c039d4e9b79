/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.PlacementIndex;
import io.kairos.central.TieBreak;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What nodes report of their tasks' attained service, each interval. A placement only compares the nodes that have fewest tasks, so
 * the report of a node is made when its number of tasks is compared and its last one is an interval old: what would not be
 * read costs nothing. Reports take no time on their way.
 */
final class LoadReports {
    private final Simulation simulation;
    private final PlacementIndex<CentralNode> index;
    private final List<CentralNode> nodes;
    private final boolean areRead;
    private final long intervalNanos;
    /** By number of tasks: when the nodes with so many were last asked, all of them. */
    private final long[] askedAt;
    /** By number of tasks: nodes whose number it became since then, some of them no more. */
    private final List<List<CentralNode>> newcomers = new ArrayList<>();

    /** @param bound N + Q of the nodes */
    LoadReports(Run run, PlacementIndex<CentralNode> index, List<CentralNode> nodes, int bound, TieBreak tieBreak) {
        this.simulation = run.simulation();
        this.index = index;
        this.nodes = nodes;
        this.areRead = tieBreak.readsReports();
        // Not more than once at one moment, or a burst would take all of them for each of its tasks.
        this.intervalNanos = Math.max(1, Nanos.of(run.settings().reportInterval()));
        this.askedAt = new long[areRead ? bound + 1 : 0];
        Arrays.fill(askedAt, -intervalNanos);
        for (int tasks = 0; tasks < askedAt.length; tasks++) {
            newcomers.add(new ArrayList<>());
        }
    }

    /** The node has another number of tasks than before. */
    void counted(CentralNode node) {
        if (!areRead) {
            return;
        }
        List<CentralNode> those = newcomers.get(node.counted());
        if (those.size() < nodes.size()) {
            those.add(node);
        } else {
            // As well all of them: this number is hardly ever compared.
            askedAt[node.counted()] = -intervalNanos;
        }
    }

    /** Takes the reports of all nodes with so many tasks, as far as they are due. */
    void take(int tasks) {
        if (!areRead) {
            return;
        }
        long now = simulation.now();
        boolean all = now - askedAt[tasks] >= intervalNanos;
        List<CentralNode> those = newcomers.get(tasks);
        if (all) {
            askedAt[tasks] = now;
        }
        if (all || !those.isEmpty()) {
            take(all ? nodes : those, tasks, now);
            those.clear();
        }
    }

    private void take(List<CentralNode> some, int tasks, long now) {
        for (int i = 0; i < some.size(); i++) {
            CentralNode node = some.get(i);
            if (node.counted() == tasks && now - node.reportedAt() >= intervalNanos && node.hasNews()) {
                index.report(node, node.report(), now);
                node.reported(now);
            }
        }
    }
}
