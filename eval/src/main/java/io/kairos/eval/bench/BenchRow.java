/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import org.jspecify.annotations.Nullable;

/**
 * One subject at one size.
 *
 * @param nodes number of nodes; null where nodes do not grow
 * @param tasksPerNode tasks on a node; null where tasks do not grow
 * @param containersPerSecond containers placed a second, each with the end of another one and a report; null where none is
 * @param eventsPerSecond tasks that come to a node a second, each with the end of another one; null where none do
 */
public record BenchRow(
        String subject,
        @Nullable Integer nodes,
        @Nullable Integer tasksPerNode,
        @Nullable Double containersPerSecond,
        @Nullable Double eventsPerSecond,
        Micros decisionMicros) {
    /** Time of one cycle, microseconds. */
    public record Micros(double p50, double p99) {}

    /** Whole cycles a second, whichever kind they are of. */
    double perSecond() {
        return containersPerSecond != null ? containersPerSecond : eventsPerSecond != null ? eventsPerSecond : 0;
    }

    /** What grows. */
    int size() {
        return nodes != null ? nodes : tasksPerNode != null ? tasksPerNode : 0;
    }
}
