/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.PriorityQueue;

/**
 * A node whose tasks share its slots equally, all at the same time: processor sharing, a task having one slot at most. Kept by virtual
 * time, which passes as a task progresses: a task that comes ends when as much of it has passed as it takes, however many
 * share by then. Each arrival and end costs O(log n).
 */
final class SharingNode extends CentralNode {
    private final Simulation simulation;
    private final int slots;
    private final Costs costs;
    private final Ends ends;
    private final PriorityQueue<Share> sharing = new PriorityQueue<>();
    private final NextEnd nextEnd = new NextEnd();
    private double virtualNanos;
    private long settledAt;
    private long arrived;

    /** A task, when it ends in virtual time, and which of the node's tasks it is. */
    private record Share(SimulatedTask task, double virtualEnd, long number) implements Comparable<Share> {
        @Override
        public int compareTo(Share other) {
            int byEnd = Double.compare(virtualEnd, other.virtualEnd);
            return byEnd != 0 ? byEnd : Long.compare(number, other.number);
        }
    }

    SharingNode(int number, Run run, Ends ends) {
        super(number);
        this.simulation = run.simulation();
        this.costs = run.costs();
        this.ends = ends;
        this.slots = run.settings().slotsPerNode();
    }

    @Override
    void arrive(SimulatedTask task) {
        settle();
        sharing.add(new Share(task, virtualNanos + costs.startNanos() + task.remainingNanos(), arrived++));
        expect();
    }

    @Override
    void ended(SimulatedTask task) {
        ends.ended(task);
    }

    private void settle() {
        virtualNanos += (simulation.now() - settledAt) * rate();
        settledAt = simulation.now();
    }

    private double rate() {
        return Math.min(1, (double) slots / Math.max(1, sharing.size()));
    }

    private void expect() {
        Share first = sharing.peek();
        if (first == null) {
            simulation.cancel(nextEnd);
        } else {
            double nanos = Math.max(0, first.virtualEnd() - virtualNanos) / rate();
            simulation.at(simulation.now() + (long) Math.ceil(nanos), nextEnd);
        }
    }

    private final class NextEnd extends Event {
        @Override
        void happen() {
            settle();
            Share first = sharing.remove();
            expect();
            ended(first.task());
        }
    }
}
