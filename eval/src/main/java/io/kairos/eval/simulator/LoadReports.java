/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.PlacementIndex;
import io.kairos.central.ServiceReport;
import io.kairos.central.TieBreak;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What nodes report of their tasks' attained service, each interval. A placement only compares the nodes that have fewest tasks, so
 * the report of a node is made when its number of tasks is compared and its last one is an interval old: what would not be
 * read costs nothing. Reports take no time on their way.
 *
 * <p>What is asked of each node stands in arrays, by its number, for all of them are gone through often.
 */
final class LoadReports {
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Simulation simulation;
    private final PlacementIndex<CentralNode> index;
    private final List<CentralNode> nodes;
    private final boolean areRead;
    /** With fewer tasks a node has nothing to tell: one task alone does not vary. */
    private final int fewestToTell;

    private final long intervalNanos;
    /** Tasks that the central scheduler counts on the node. */
    private final int[] tasks;

    private final long[] reportedAt;
    /** Whether the node's last report told nothing. */
    private final boolean[] toldNothing;
    /** By number of tasks: when the nodes with so many were last asked, all of them. */
    private final long[] askedAt;
    /** By number of tasks: nodes whose number it became since then, some of them no more. */
    private final List<List<CentralNode>> newcomers = new ArrayList<>();

    /**
     * @param nodes by their numbers
     * @param bound N + Q of the nodes
     */
    LoadReports(Run run, PlacementIndex<CentralNode> index, List<CentralNode> nodes, int bound, TieBreak tieBreak) {
        this.simulation = run.simulation();
        this.index = index;
        this.nodes = nodes;
        this.areRead = tieBreak.readsReports();
        this.fewestToTell = tieBreak == TieBreak.VARIANCE ? 2 : 1;
        // Not more than once at one moment, or a burst would take all of them for each of its tasks.
        this.intervalNanos = Math.max(1, Nanos.of(run.settings().reportInterval()));
        this.tasks = new int[nodes.size()];
        this.reportedAt = new long[nodes.size()];
        Arrays.fill(reportedAt, NEVER);
        this.toldNothing = new boolean[nodes.size()];
        this.askedAt = new long[areRead ? bound + 1 : 0];
        Arrays.fill(askedAt, NEVER);
        for (int count = 0; count < askedAt.length; count++) {
            newcomers.add(new ArrayList<>());
        }
    }

    /** The node has so many tasks more, or fewer. */
    void count(CentralNode node, int more) {
        if (!areRead) {
            return;
        }
        tasks[node.number()] += more;
        List<CentralNode> those = newcomers.get(tasks[node.number()]);
        if (those.size() < nodes.size()) {
            those.add(node);
        } else {
            // As well all of them: this number is hardly ever compared.
            askedAt[tasks[node.number()]] = NEVER;
        }
    }

    /** Takes the reports of all nodes that have as many tasks as that one, as far as they are due. */
    void takeThoseLike(CentralNode node) {
        if (!areRead) {
            return;
        }
        int count = tasks[node.number()];
        long now = simulation.now();
        List<CentralNode> those = newcomers.get(count);
        if (now - askedAt[count] >= intervalNanos) {
            askedAt[count] = now;
            for (int number = 0; number < tasks.length; number++) {
                take(number, count, now);
            }
        } else {
            for (int i = 0; i < those.size(); i++) {
                take(those.get(i).number(), count, now);
            }
        }
        those.clear();
    }

    private void take(int number, int count, long now) {
        if (tasks[number] != count || now - reportedAt[number] < intervalNanos) {
            return;
        }
        boolean tellsNothing = count < fewestToTell;
        if (tellsNothing && toldNothing[number]) {
            return;
        }
        CentralNode node = nodes.get(number);
        ServiceReport report = node.report();
        index.report(node, report, now);
        reportedAt[number] = now;
        toldNothing[number] = tellsNothing;
    }
}
