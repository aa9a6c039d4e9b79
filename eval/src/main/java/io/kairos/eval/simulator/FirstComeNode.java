/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.ArrayDeque;
import java.util.Queue;

/** A node that runs tasks in the order in which they come, each to its end: what a stock NodeManager does. */
final class FirstComeNode extends CentralNode {
    private final Simulation simulation;
    private final Costs costs;
    private final Ends ends;
    private final Queue<SimulatedTask> waiting = new ArrayDeque<>();
    private int free;

    FirstComeNode(int number, Run run, Ends ends) {
        super(number);
        this.simulation = run.simulation();
        this.costs = run.costs();
        this.ends = ends;
        this.free = run.settings().slotsPerNode();
    }

    @Override
    void arrive(SimulatedTask task) {
        if (free > 0) {
            free--;
            run(task);
        } else {
            waiting.add(task);
        }
    }

    private void run(SimulatedTask task) {
        simulation.at(task.run(simulation.now() + costs.startNanos()), task);
    }

    @Override
    void ended(SimulatedTask task) {
        SimulatedTask next = waiting.poll();
        if (next == null) {
            free++;
        } else {
            run(next);
        }
        ends.ended(task);
    }
}
