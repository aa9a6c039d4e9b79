/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

/**
 * On what terms a task shares the node. They may change while it is there.
 *
 * @param preemptable false: it is never paused once it runs
 * @param weight {@link #LEAST_WEIGHT} to {@link #MOST_WEIGHT}; the policy sees attained service over weight, so a task of weight
 *     2 ages half as fast
 */
public record TaskTerms(boolean preemptable, double weight) {
    public static final double LEAST_WEIGHT = 0.01;
    public static final double MOST_WEIGHT = 100;

    public TaskTerms {
        if (!(weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT)) {
            throw new IllegalArgumentException(
                    "weight must be from " + LEAST_WEIGHT + " to " + MOST_WEIGHT + ", was " + weight);
        }
    }
}
