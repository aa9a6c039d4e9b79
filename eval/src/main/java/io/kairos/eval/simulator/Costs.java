/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/**
 * What things cost that a scheduler does; nanoseconds.
 *
 * @param networkNanos one message, one way
 * @param startNanos from the launch of a task to its first progress
 * @param preemptionNanos work that a pause and its resume cost the task that is paused
 */
record Costs(long networkNanos, long startNanos, long preemptionNanos) {
    Costs {
        if (networkNanos < 0 || startNanos < 0 || preemptionNanos < 0) {
            throw new IllegalArgumentException(
                    "costs must not be negative: " + networkNanos + ", " + startNanos + ", " + preemptionNanos + " ns");
        }
    }
}
