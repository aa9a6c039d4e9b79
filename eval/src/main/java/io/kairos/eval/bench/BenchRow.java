/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import org.jspecify.annotations.Nullable;

/**
 * One subject at one size.
 *
 * @param nodes number of nodes; null where nodes do not grow
 * @param tasksPerNode tasks on a node; null where tasks do not grow
 * @param decisionsPerSecond whole cycles of one decision each
 */
public record BenchRow(
        String subject,
        @Nullable Integer nodes,
        @Nullable Integer tasksPerNode,
        double decisionsPerSecond,
        Micros decisionMicros) {
    /** Time of one cycle, microseconds. */
    public record Micros(double p50, double p99) {}

    /** What grows. */
    int size() {
        return nodes != null ? nodes : tasksPerNode != null ? tasksPerNode : 0;
    }
}
