/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.PriorityQueue;

/**
 * Slots that tasks share equally, all at the same time: processor sharing, a task having one slot at most. Kept by virtual time,
 * which passes as a task progresses: a task that comes ends when as much of it has passed as it takes, however many share
 * by then. Each arrival, end and change of the slots costs O(log n).
 */
final class SharedSlots {
    private final Simulation simulation;
    private final PriorityQueue<Share> sharing = new PriorityQueue<>();
    private final NextEnd nextEnd = new NextEnd();
    private int slots;
    private double virtualNanos;
    private long settledAt;
    private long arrived;

    /** A task, when it ends in virtual time, and which of the tasks it is. */
    private record Share(SimulatedTask task, double virtualEnd, long number) implements Comparable<Share> {
        @Override
        public int compareTo(Share other) {
            int byEnd = Double.compare(virtualEnd, other.virtualEnd);
            return byEnd != 0 ? byEnd : Long.compare(number, other.number);
        }
    }

    SharedSlots(Simulation simulation, int slots) {
        this.simulation = simulation;
        this.slots = slots;
    }

    /** There are so many slots from now on, 0 or more. */
    void resize(int nowSlots) {
        if (nowSlots != slots) {
            settle();
            slots = nowSlots;
            expect();
        }
    }

    /** The task takes part until so much of it has passed. */
    void add(SimulatedTask task, long nanos) {
        settle();
        sharing.add(new Share(task, virtualNanos + nanos, arrived++));
        expect();
    }

    /** Nobody takes part any more; the tasks know what was left of them. */
    void clear() {
        settle();
        sharing.forEach(share -> share.task().leave(Math.round(Math.max(0, share.virtualEnd() - virtualNanos))));
        sharing.clear();
        expect();
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
        if (first == null || slots == 0) {
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
            first.task().happen();
        }
    }
}
