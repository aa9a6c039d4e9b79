/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.ServiceReport;

/** A node as the central scheduler knows it. Nodes are ordered by their numbers. */
abstract class CentralNode implements Comparable<CentralNode> {
    private static final ServiceReport NOTHING = new ServiceReport(0, 0, 0, 0, 0);

    private final int number;

    CentralNode(int number) {
        this.number = number;
    }

    /** From 0 on. */
    final int number() {
        return number;
    }

    /** A task comes in; the node tells of its end. */
    abstract void arrive(SimulatedTask task);

    /** One of its tasks has run to its end. */
    abstract void ended(SimulatedTask task);

    /** What it would report now of its tasks' attained service; nothing, unless it knows of that. */
    ServiceReport report() {
        return NOTHING;
    }

    /** Who wants to know of the end of tasks. */
    interface Ends {
        void ended(SimulatedTask task);
    }

    @Override
    public final int compareTo(CentralNode other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public final boolean equals(Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return number;
    }

    @Override
    public final String toString() {
        return "node " + number;
    }
}
