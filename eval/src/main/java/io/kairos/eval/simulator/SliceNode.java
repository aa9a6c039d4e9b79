/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * A node that lets each task run alone on a slot for a slice, first come, first served; what has not ended by then shares with its like
 * what slots the others leave. The slice follows the load: the mean time between the last 100 tasks that came, times the
 * slots. Source: SFS (SC'22).
 */
final class SliceNode extends SimulatedNode {
    /** Source: SFS (SC'22). */
    private static final int WINDOW = 100;

    private static final long SHORTEST_NANOS = 1_000_000;

    private final Run run;
    private final SharedSlots shared;
    private final Queue<SimulatedTask> waiting = new ArrayDeque<>();
    private final Map<SimulatedTask, SliceEnd> alone = new HashMap<>();
    private final long[] arrivals = new long[WINDOW];
    private long arrived;

    SliceNode(int number, NodeGroup shape, Run run) {
        super(number, shape, run);
        this.run = run;
        this.shared = new SharedSlots(run.simulation(), shape.slots());
    }

    @Override
    void take(SimulatedTask task) {
        arrivals[(int) (arrived++ % WINDOW)] = run.now();
        if (alone.size() < slots()) {
            runAlone(task);
            shared.resize(slots() - alone.size());
        } else {
            run.journal().held(this, task);
            waiting.add(task);
        }
    }

    /** Until two tasks have come, nothing is known of the load, and the slice is a quantum. */
    private long sliceNanos() {
        if (arrived < 2) {
            return Nanos.of(run.settings().quantum());
        }
        long known = Math.min(arrived, WINDOW);
        long span = arrivals[(int) ((arrived - 1) % WINDOW)] - arrivals[(int) ((arrived - known) % WINDOW)];
        return Math.max(SHORTEST_NANOS, span / (known - 1) * slots());
    }

    private void runAlone(SimulatedTask task) {
        run.journal().launched(this, task);
        long begins = run.now() + run.costs().startNanos();
        long ends = task.run(begins);
        SliceEnd sliceEnd = new SliceEnd(task);
        alone.put(task, sliceEnd);
        long slice = sliceNanos();
        if (task.remainingNanos() <= slice) {
            run.simulation().at(ends, task);
        } else {
            run.simulation().at(begins + slice, sliceEnd);
        }
    }

    @Override
    void release(SimulatedTask task) {
        if (alone.remove(task) != null) {
            runNext();
        }
    }

    private void runNext() {
        SimulatedTask next = waiting.poll();
        if (next != null) {
            runAlone(next);
        }
        shared.resize(slots() - alone.size());
    }

    @Override
    void forget() {
        alone.values().forEach(run.simulation()::cancel);
        alone.clear();
        waiting.clear();
        arrived = 0;
        shared.clear();
        shared.resize(slots());
    }

    /** The task has had its slice. */
    private final class SliceEnd extends Event {
        private final SimulatedTask task;

        SliceEnd(SimulatedTask task) {
            this.task = task;
        }

        @Override
        void happen() {
            alone.remove(task);
            task.pause(run.now(), run.costs().preemptionNanos());
            run.tally().preempted();
            shared.add(task, task.remainingNanos());
            runNext();
        }
    }
}
