/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

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
 */
record Placement(
        long timeMs,
        ContainerId container,
        NodeId node,
        boolean isTask,
        int tasks,
        int bound,
        NodeLoads.@Nullable Standing standing) {

    /** The same of the container under its final id. */
    Placement of(ContainerId id) {
        return new Placement(timeMs, id, node, isTask, tasks, bound, standing);
    }

    PlacementRow row(TieBreak tieBreak) {
        boolean compared = isTask && standing != null && standing.tasks() == standing.leastTasks();
        double score = compared && standing != null && !Double.isNaN(standing.score()) ? standing.score() : 0;
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
        String of = "of " + bound + " it may have";
        if (standing == null) {
            return "stock YARN chose the node, by its heartbeat or a placement constraint; it had " + tasks + " tasks";
        }
        if (standing.tasks() > standing.leastTasks()) {
            return "the node had " + standing.tasks() + " tasks " + of + "; nodes with " + standing.leastTasks()
                    + " could not take it: it does not fit there, or is bound to this node, its rack or its reservation";
        }
        String fewest = "the node had the fewest tasks, " + standing.tasks() + " " + of;
        if (standing.tied() <= 1) {
            return fewest + ", and no other had as few";
        }
        return fewest + "; of the " + standing.tied() + " nodes with as few it was first by "
                + by(tieBreak, standing.score());
    }

    private static String by(TieBreak tieBreak, double score) {
        return switch (tieBreak) {
            case VARIANCE -> number("variance of attained service, %.3g s^2", score);
            case SUM -> number("sum of attained service, %.3g s", score);
            case YOUNGEST -> number("the least attained service of a running task, %.3g s", score);
            case OLDEST -> number("the most attained service of a running task, %.3g s", -score);
            case ROUND_ROBIN -> "turn";
            case RANDOM -> "lot";
        };
    }

    private static String number(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
