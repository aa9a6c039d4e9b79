/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** First come, first served by job. */
final class ArrivalQueue implements AskQueue {
    private final Queue<Ask> asks = new PriorityQueue<>(Comparator.comparing(Ask::job, SimulatedJob.BY_SUBMISSION));

    /** Tasks of a job that wait. */
    private static final class Ask {
        private final SimulatedJob job;
        private int tasks;

        Ask(SimulatedJob job, int tasks) {
            this.job = job;
            this.tasks = tasks;
        }

        SimulatedJob job() {
            return job;
        }
    }

    @Override
    public void add(SimulatedJob job, int tasks) {
        asks.add(new Ask(job, tasks));
    }

    @Override
    public @Nullable SimulatedJob next(boolean hasFreeSlot, double victimSeconds) {
        Ask first = asks.peek();
        return first == null ? null : first.job;
    }

    @Override
    public void placed(SimulatedJob job) {
        Ask first = asks.element();
        first.tasks--;
        if (first.tasks == 0) {
            asks.remove();
        }
    }

    @Override
    public void left(SimulatedJob job) {
        // It is not asked how many a job has.
    }

    @Override
    public boolean isEmpty() {
        return asks.isEmpty();
    }
}
