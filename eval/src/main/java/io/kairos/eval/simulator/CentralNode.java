/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.ServiceReport;

/** A node as the central scheduler knows it. Nodes are ordered by their numbers. */
abstract class CentralNode implements Comparable<CentralNode> {
    private final int number;
    private int counted;
    private long reportedAt = Long.MIN_VALUE / 2;

    CentralNode(int number) {
        this.number = number;
    }

    /** Tasks that the central scheduler counts here: those on their way in too, and those whose end it has not heard of. */
    final int counted() {
        return counted;
    }

    final void count(int more) {
        counted += more;
    }

    /** When it reported last; long ago if it never did. */
    final long reportedAt() {
        return reportedAt;
    }

    final void reported(long now) {
        reportedAt = now;
    }

    /** A task comes in; the node tells of its end. */
    abstract void arrive(SimulatedTask task);

    /** One of its tasks has run to its end. */
    abstract void ended(SimulatedTask task);

    /** What it would report now of its tasks' attained service. */
    abstract ServiceReport report();

    /** Whether {@link #report} may say something else than when it was asked last. */
    abstract boolean hasNews();

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
