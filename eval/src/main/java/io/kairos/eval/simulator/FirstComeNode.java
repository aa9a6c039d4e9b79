/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.ArrayDeque;
import java.util.Queue;

/** A node that runs tasks in the order in which they come, each to its end: what a stock NodeManager does. */
final class FirstComeNode extends SimulatedNode {
    private final Run run;
    private final Queue<SimulatedTask> waiting = new ArrayDeque<>();
    private int free;

    FirstComeNode(int number, NodeGroup shape, Run run) {
        super(number, shape, run);
        this.run = run;
        this.free = shape.slots();
    }

    @Override
    void take(SimulatedTask task) {
        if (free > 0) {
            free--;
            run(task);
        } else {
            run.journal().held(this, task);
            waiting.add(task);
        }
    }

    private void run(SimulatedTask task) {
        run.journal().launched(this, task);
        if (run.costs().startNanos() == 0) {
            begin(task);
        } else {
            run.simulation().at(run.now() + run.costs().startNanos(), new Event() {
                @Override
                void happen() {
                    if (!task.isLost()) {
                        begin(task);
                    }
                }
            });
        }
    }

    private void begin(SimulatedTask task) {
        run.simulation().at(task.run(run.now()), task);
    }

    @Override
    void release(SimulatedTask task) {
        SimulatedTask next = waiting.poll();
        if (next == null) {
            free++;
        } else {
            run(next);
        }
    }

    @Override
    void forget() {
        waiting.clear();
        free = slots();
    }
}
