/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import org.apache.hadoop.yarn.api.records.ContainerId;

/**
 * A decision as JMX shows it.
 *
 * @param timeMs when, milliseconds since 1970
 * @param container the task it is about
 * @param action what was decided, as {@link Decision.Action}; FAILED where that could not be done, FINISH at the task's end
 * @param reason why, as {@link Decision.Reason}
 * @param attainedSeconds service the task had attained
 * @param weight what that is divided by before tasks are compared
 * @param preemptions times it had been paused, this time included
 * @param other the task on the other side, empty if there is none
 * @param otherAttainedSeconds service that one had attained
 * @param otherWeight what that is divided by
 * @param running tasks with slots on the node afterwards
 * @param paused paused tasks on the node afterwards
 * @param held held tasks on the node afterwards
 * @param why the whole in a sentence
 */
public record DecisionRow(
        long timeMs,
        String container,
        String action,
        String reason,
        double attainedSeconds,
        double weight,
        int preemptions,
        String other,
        double otherAttainedSeconds,
        double otherWeight,
        int running,
        int paused,
        int held,
        String why) {
    private static final double NANOS_PER_SECOND = 1e9;

    static DecisionRow of(Decision<ContainerId> decision, long timeMs, String why) {
        ContainerId other = decision.counterpart();
        return new DecisionRow(
                timeMs,
                decision.task().toString(),
                decision.action().name(),
                decision.reason().name(),
                decision.attainedNanos() / NANOS_PER_SECOND,
                decision.weight(),
                decision.preemptions(),
                other == null ? "" : other.toString(),
                decision.counterpartAttainedNanos() / NANOS_PER_SECOND,
                decision.counterpartWeight(),
                decision.running(),
                decision.paused(),
                decision.held(),
                why);
    }

    /** The same of a node that only observes: it was decided, and not done. */
    DecisionRow observed() {
        return new DecisionRow(
                timeMs,
                container,
                NodeJournal.OBSERVED + action,
                reason,
                attainedSeconds,
                weight,
                preemptions,
                other,
                otherAttainedSeconds,
                otherWeight,
                running,
                paused,
                held,
                "only observed, not done: " + why);
    }
}
