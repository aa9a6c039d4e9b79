/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import io.kairos.node.TaskTerms;

/**
 * On what terms the tasks of an application share a node, as its queue and its tags say.
 *
 * @param weight what attained service is divided by before tasks are compared
 * @param preemptable whether its tasks may be paused
 * @param mayOptOut whether a task may say of itself that it must not be paused
 */
public record ApplicationTerms(double weight, boolean preemptable, boolean mayOptOut) {
    /** Those of an application of which nothing is known. */
    public static final ApplicationTerms DEFAULT = new ApplicationTerms(1, true, true);

    public ApplicationTerms {
        new TaskTerms(preemptable, weight);
    }

    /**
     * The terms of one of its tasks.
     *
     * @param canBePaused whether anybody could pause it
     * @param optsOut whether it says of itself that it must not be paused
     */
    public TaskTerms of(boolean canBePaused, boolean optsOut) {
        return new TaskTerms(canBePaused && preemptable && !(optsOut && mayOptOut), weight);
    }
}
