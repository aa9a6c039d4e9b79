/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/**
 * One {@link AskQueue} to choose the job, and a {@link Placement} to choose the node. For the whole cluster it is the central
 * architecture; others have several. A placement takes one message to its node and the end of a task one back. What nodes
 * do with their tasks is theirs.
 */
final class Placer implements Scheduler, TaskOwner {
    private final Run run;
    private final Simulation simulation;
    private final Lane messages;
    private final long intervalNanos;
    private final Placement placement;
    private final AskQueue queue;
    private final Round round = new Round();

    Placer(Run run, AskQueue queue, Placement placement) {
        this.run = run;
        this.simulation = run.simulation();
        this.messages = simulation.lane(run.costs().networkNanos());
        this.intervalNanos = Nanos.of(run.settings().placementInterval());
        this.queue = queue;
        this.placement = placement;
    }

    @Override
    public void submit(SimulatedJob job) {
        ask(job, job.waiting());
    }

    /** So many of the job's tasks are to be placed here. */
    void ask(SimulatedJob job, int tasks) {
        queue.add(job, tasks);
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
        while (!queue.isEmpty()) {
            SimulatedNode node = placement.best();
            if (node == null) {
                return;
            }
            SimulatedJob job = queue.next(placement.hasFreeSlot(node), placement.victimSeconds(node));
            if (job == null) {
                return;
            }
            queue.placed(job);
            placement.placed(node, job);
            send(run.task(job, node, this));
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
        leave(task);
        task.job().taskEnded(endedAt);
        place();
    }

    @Override
    public void lost(SimulatedTask task) {
        leave(task);
        task.job().giveBack(task.workNanos());
        ask(task.job(), 1);
    }

    /** A node that has failed since counts from nothing. */
    private void leave(SimulatedTask task) {
        SimulatedNode node = task.node();
        if (!node.isDown() && task.sentAfterFailures() == node.failures()) {
            placement.ended(node, task.job());
        }
        queue.left(task.job());
    }

    /** The next moment at which waiting tasks are placed, where that is not at once. */
    private final class Round extends Event {
        @Override
        void happen() {
            placeAll();
        }
    }
}
