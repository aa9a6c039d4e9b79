/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.RemainingWork;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/**
 * How much work an application has left, and what that was learned from. Immutable.
 *
 * @param attained service of its tasks, those that have ended too; seconds, as the nodes last said
 * @param unfinished its tasks that run, wait on a node, or are asked for
 * @param finished its tasks that have ended, as the nodes last said
 * @param usual length of a task here, seconds; 0 if none is known
 * @param comesFirst whether it has waited for too long
 */
record WorkLeft(double attained, long unfinished, long finished, double usual, boolean comesFirst) {
    /** Seconds. */
    double seconds() {
        return RemainingWork.of(attained, unfinished, finished, usual);
    }

    /** What it is ordered by, the lower the earlier; 0 while it comes first. */
    double key() {
        return comesFirst ? 0 : RemainingWork.key(seconds());
    }

    WorkLeftRow row(ApplicationId application) {
        return new WorkLeftRow(application.toString(), seconds(), attained, unfinished, finished, usual, comesFirst);
    }

    /** The same with so many tasks that have not ended. */
    WorkLeft of(long tasks) {
        return new WorkLeft(attained, tasks, finished, usual, comesFirst);
    }
}
