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
    private static final int NOWHERE = -1;

    private final Simulation simulation;
    private final PlacementIndex<SimulatedNode> index;
    private final List<SimulatedNode> nodes;
    /** The number of the first of them. */
    private final int first;

    private final boolean areRead;
    /** With fewer tasks a node has nothing to tell: one task alone does not vary. */
    private final int fewestToTell;

    private final long intervalNanos;
    private final LoadLevels levels;
    /** By node; {@link #NOWHERE} before it was counted. */
    private final int[] level;
    /** By node: whether it has too few tasks to tell anything. */
    private final boolean[] hasNothingToTell;

    private final long[] reportedAt;
    /** Whether the node's last report told nothing. */
    private final boolean[] toldNothing;
    /** By level: how many nodes of it, also of those that are down, have something to tell or have not told yet that they have nothing. */
    private int[] talkers = new int[0];

    /** By level: when the nodes of it were last asked, all of them. */
    private long[] askedAt = new long[0];
    /** By level: nodes that came to it since then, some of them no more there. */
    private final List<List<SimulatedNode>> newcomers = new ArrayList<>();

    /**
     * @param nodes side by side, in the order of their numbers
     * @param isAlone whether no other placer sends tasks there, so that its count says whether a node has something to tell
     */
    LoadReports(
            Run run,
            PlacementIndex<SimulatedNode> index,
            List<SimulatedNode> nodes,
            TieBreak tieBreak,
            boolean isAlone) {
        this.simulation = run.simulation();
        this.index = index;
        this.nodes = nodes;
        this.first = nodes.get(0).number();
        this.areRead = tieBreak.readsReports();
        this.fewestToTell = !isAlone ? 0 : tieBreak == TieBreak.VARIANCE ? 2 : 1;
        // Not more than once at one moment, or a burst would take all of them for each of its tasks.
        this.intervalNanos = Math.max(1, Nanos.of(run.settings().reportInterval()));
        this.levels = new LoadLevels(nodes);
        int numbers = areRead ? nodes.get(nodes.size() - 1).number() + 1 : 0;
        this.level = new int[numbers];
        this.hasNothingToTell = new boolean[numbers];
        this.reportedAt = new long[numbers];
        this.toldNothing = new boolean[numbers];
        Arrays.fill(level, NOWHERE);
        if (areRead) {
            nodes.forEach(this::forget);
        }
    }

    /** The node is not there any more, or empty: nothing is known of it. */
    void forget(SimulatedNode node) {
        if (areRead) {
            reportedAt[node.number()] = NEVER;
            tells(node.number(), false);
            counted(node, 0);
        }
    }

    /** The node has so many tasks now. */
    void counted(SimulatedNode node, int tasks) {
        if (!areRead) {
            return;
        }
        int number = node.number();
        int reached = levels.of(node, tasks);
        while (newcomers.size() <= reached) {
            newcomers.add(new ArrayList<>());
        }
        if (askedAt.length <= reached) {
            int known = askedAt.length;
            askedAt = Arrays.copyOf(askedAt, 2 * reached + 1);
            Arrays.fill(askedAt, known, askedAt.length, NEVER);
            talkers = Arrays.copyOf(talkers, askedAt.length);
        }
        countTalker(number, -1);
        level[number] = reached;
        hasNothingToTell[number] = tasks < fewestToTell;
        countTalker(number, 1);
        List<SimulatedNode> those = newcomers.get(reached);
        if (those.size() < nodes.size()) {
            those.add(node);
        } else {
            // As well all of them: this level is hardly ever compared.
            askedAt[reached] = NEVER;
        }
    }

    /** Takes the reports of all nodes that tie with that one, as far as they are due. Returns whether there was any. */
    boolean takeThoseLike(SimulatedNode node) {
        if (!areRead) {
            return false;
        }
        int compared = level[node.number()];
        long now = simulation.now();
        List<SimulatedNode> those = newcomers.get(compared);
        boolean anyTaken = false;
        if (now - askedAt[compared] >= intervalNanos) {
            askedAt[compared] = now;
            assert verifyTalkers(compared);
            for (int number = first; talkers[compared] > 0 && number < level.length; number++) {
                anyTaken |= take(number, compared, now);
            }
        } else {
            for (int i = 0; i < those.size(); i++) {
                anyTaken |= take(those.get(i).number(), compared, now);
            }
        }
        those.clear();
        return anyTaken;
    }

    private boolean take(int number, int compared, long now) {
        if (level[number] != compared || now - reportedAt[number] < intervalNanos) {
            return false;
        }
        boolean tellsNothing = hasNothingToTell[number];
        if (tellsNothing && toldNothing[number]) {
            return false;
        }
        SimulatedNode node = nodes.get(number - first);
        if (node.isDown()) {
            return false;
        }
        ServiceReport report = node.report();
        index.report(node, report, now);
        reportedAt[number] = now;
        tells(number, tellsNothing);
        return true;
    }

    private boolean verifyTalkers(int compared) {
        int counted = 0;
        for (int number = first; number < level.length; number++) {
            counted += level[number] == compared && !(hasNothingToTell[number] && toldNothing[number]) ? 1 : 0;
        }
        if (counted != talkers[compared]) {
            throw new AssertionError("level " + compared + " has " + counted + " talkers, not " + talkers[compared]);
        }
        return true;
    }

    private void tells(int number, boolean nothing) {
        countTalker(number, -1);
        toldNothing[number] = nothing;
        countTalker(number, 1);
    }

    private void countTalker(int number, int more) {
        if (level[number] != NOWHERE && !(hasNothingToTell[number] && toldNothing[number])) {
            talkers[level[number]] += more;
        }
    }
}
