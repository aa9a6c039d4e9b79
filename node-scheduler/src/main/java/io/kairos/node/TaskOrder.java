/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

/**
 * What orders the tasks of a node. The published policy orders them by the attained service of the task; a job-aware one
 * orders them by a key of the application. Implementations must be cheap: they are asked for each comparison.
 */
public interface TaskOrder {
    /**
     * The lower, the more urgent. Finite.
     *
     * @param attainedNanos what the task has attained over its weight; a held task has attained 0
     */
    double priority(String application, double attainedNanos);

    /** By how much a waiting task must be more urgent than a running one whose quantum ended to take its place; not negative. */
    double requiredLead(long quantumNanos);

    /** Whether the priority is what the task has attained and nothing else, so that it is known when one task will lead another. */
    default boolean isAttainedService() {
        return false;
    }
}
