/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * One queue, first come, first served by job, and a {@link Placement} to choose the node. For the whole cluster it is the central
 * architecture; others have several. A placement takes one message to its node and the end of a task one back. What nodes
 * do with their tasks is theirs.
 */
final class Placer implements Scheduler, TaskOwner {
    private final Run run;
    private final Simulation simulation;
    private final Lane messages;
    private final long intervalNanos;
    private final Placement placement;
    private final Queue<Ask> queue = new PriorityQueue<>(Comparator.comparing(Ask::job, SimulatedJob.BY_SUBMISSION));
    private final Round round = new Round();

    Placer(Run run, Placement placement) {
        this.run = run;
        this.simulation = run.simulation();
        this.messages = simulation.lane(run.costs().networkNanos());
        this.intervalNanos = Nanos.of(run.settings().placementInterval());
        this.placement = placement;
    }

    /** Tasks of a job that wait to be placed. */
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
    public void submit(SimulatedJob job) {
        ask(job, job.waiting());
    }

    /** So many of the job's tasks are to be placed here. */
    void ask(SimulatedJob job, int tasks) {
        queue.add(new Ask(job, tasks));
        place();
    }

    /** The node is lost, and with it all that was on it. */
    void nodeFailed(SimulatedNode node) {
        placement.leave(node);
    }

    /** The node is there again; whoever tells so lets it {@link #place} then. */
    void nodeRepaired(SimulatedNode node) {
        placement.join(node);
    }

    /** Places what waits, as far as there is room, now or at the next moment for it. */
    void place() {
        if (intervalNanos == 0) {
            placeAll();
        } else if (!queue.isEmpty() && !round.isScheduled()) {
            simulation.at((simulation.now() / intervalNanos + 1) * intervalNanos, round);
        }
    }

    private void placeAll() {
        for (Ask ask = queue.peek(); ask != null; ask = queue.peek()) {
            SimulatedNode node = placement.best();
            if (node == null) {
                return;
            }
            placement.placed(node);
            send(run.task(ask.job, node, this));
            ask.tasks--;
            if (ask.tasks == 0) {
                queue.remove();
            }
        }
    }

    private void send(SimulatedTask task) {
        run.tally().placed();
        run.journal().placed(task.node(), task);
        if (messages.delayNanos() == 0) {
            task.node().arrive(task);
        } else {
            messages.send(new Event() {
                @Override
                void happen() {
                    task.node().arrive(task);
                }
            });
        }
    }

    @Override
    public void ended(SimulatedTask task) {
        long endedAt = simulation.now();
        if (messages.delayNanos() == 0) {
            hear(task, endedAt);
        } else {
            messages.send(new Event() {
                @Override
                void happen() {
                    hear(task, endedAt);
                }
            });
        }
    }

    private void hear(SimulatedTask task, long endedAt) {
        SimulatedNode node = task.node();
        if (!node.isDown() && task.sentAfterFailures() == node.failures()) {
            placement.ended(node);
        }
        task.job().taskEnded(endedAt);
        place();
    }

    @Override
    public void lost(SimulatedTask task) {
        task.job().giveBack(task.workNanos());
        ask(task.job(), 1);
    }

    /** The next moment at which waiting tasks are placed, where that is not at once. */
    private final class Round extends Event {
        @Override
        void happen() {
            placeAll();
        }
    }
}
