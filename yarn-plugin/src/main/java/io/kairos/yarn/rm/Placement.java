/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.Load;
import io.kairos.central.TieBreak;
import java.util.Locale;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One container that was placed, with what was known then.
 *
 * @param timeMs milliseconds since 1970
 * @param isTask false for application masters and all else that takes no slot
 * @param tasks on the node before
 * @param bound N + Q of the node
 * @param standing of the node among all; null if nodes were not compared
 * @param choice why that node was tried, if nodes were compared
 */
record Placement(
        long timeMs,
        ContainerId container,
        NodeId node,
        boolean isTask,
        int tasks,
        int bound,
        NodeLoads.@Nullable Standing standing,
        Choice choice) {

    /** Why a node is tried. */
    enum Choice {
        /** It had the fewest tasks for each slot of those that had room and were left. */
        BY_LOAD,
        /** The ask that was served names it. */
        NAMED,
        /** An ask names it; the stock scheduler, which goes by its queues' order, served one that does not. */
        NAMED_BY_ANOTHER
    }

    PlacementRow row(TieBreak tieBreak) {
        boolean compared = isTask && standing != null && choice == Choice.BY_LOAD && standing.isLeast();
        double score = compared && standing != null && Double.isFinite(standing.score()) ? standing.score() : 0;
        return new PlacementRow(
                timeMs,
                container.toString(),
                container.getApplicationAttemptId().getApplicationId().toString(),
                node.toString(),
                tasks,
                bound,
                compared && standing != null ? standing.tied() : 0,
                score,
                reason(tieBreak));
    }

    private String reason(TieBreak tieBreak) {
        if (!isTask) {
            return "it takes no slot (an application master, or an opportunistic container): any node with room may have it";
        }
        if (standing == null) {
            return "stock YARN chose the node, by its heartbeat or a placement constraint; it had " + tasks + " tasks";
        }
        return switch (choice) {
            case NAMED -> "the ask names the node, and a slot was free there: it had " + onSlots(standing.load());
            case NAMED_BY_ANOTHER ->
                "another ask names the node, and a slot was free there: it had " + onSlots(standing.load())
                        + "; this container's turn came first";
            case BY_LOAD -> standing.isLeast() ? reasonOfFewest(standing, tieBreak) : reasonOfMore(standing, tieBreak);
        };
    }

    private String reasonOfMore(NodeLoads.Standing stands, TieBreak tieBreak) {
        String others = stands.slotsDiffer()
                ? "nodes with fewer a slot, one with " + onSlots(stands.least()) + ","
                : "nodes with " + stands.least().tasks();
        return "the node had " + tasksOf(stands) + "; " + others
                + " could not take it: it does not fit there, or is bound to this node, its rack or its reservation"
                + (tieBreak == TieBreak.WORK_LEFT ? ", or who would give way there has too little work left" : "");
    }

    private String reasonOfFewest(NodeLoads.Standing stands, TieBreak tieBreak) {
        String fewest = "of the nodes with room it had the fewest tasks" + (stands.slotsDiffer() ? " a slot, " : ", ")
                + tasksOf(stands);
        if (stands.tied() <= 1) {
            return fewest + ", and no other had as few";
        }
        return fewest + "; of the " + stands.tied() + " with as few it was first by " + by(tieBreak, stands.score());
    }

    private String tasksOf(NodeLoads.Standing stands) {
        String ofBound = " of " + bound + " it may have";
        return stands.slotsDiffer() ? onSlots(stands.load()) + "," + ofBound : stands.tasks() + ofBound;
    }

    private static String onSlots(Load load) {
        return load.tasks() + " on " + load.slots() + " slots";
    }

    private static String by(TieBreak tieBreak, double score) {
        return switch (tieBreak) {
            case VARIANCE -> number("variance of attained service over weight, %.3g s^2", score);
            case SUM -> number("sum of attained service over weight, %.3g s", score);
            case YOUNGEST -> number("the least attained service over weight of a running task, %.3g s", score);
            case OLDEST -> number("the most attained service over weight of a running task, %.3g s", -score);
            case WORK_LEFT ->
                Double.isInfinite(score)
                        ? "turn, for a slot is free on each"
                        : number("the work left of the application that gives way, at least %.3g s", -score);
            case ROUND_ROBIN -> "turn";
            case RANDOM -> "lot";
        };
    }

    private static String number(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
