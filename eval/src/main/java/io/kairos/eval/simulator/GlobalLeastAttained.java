/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.EventKind;
import io.kairos.node.TaskOrders;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * Least Attained Service over all tasks of the cluster, as if it were one node: a paused task goes on wherever there is a slot, and that costs
 * nothing. What the local policy of the nodes loses against it is the price of not moving tasks. The rules are those of a node: a new
 * task runs at once, in the place of the one that has attained most if need be; whoever has run for a quantum gives way to who
 * has attained less by as much as a node asks for; a free slot goes to who has attained least. Only a task that comes at the very moment at
 * which all others came waits for a quantum, where a node would look again a nanosecond later. Messages and starts cost
 * nothing.
 */
final class GlobalLeastAttained implements Scheduler {
    private static final long NEVER = -1;

    private final Run run;
    private final Simulation simulation;
    private final long quantumNanos;
    private final double leadNanos;
    /** Least attained first; of equals who came first. */
    private final TreeSet<Task> waiting = new TreeSet<>(
            Comparator.comparingLong((Task task) -> task.attainedNanos).thenComparingLong(task -> task.number));
    /** Most attained first; of equals who came last. All grow alike, so the order stands. */
    private final TreeSet<Task> running = new TreeSet<>(Comparator.comparingLong(Task::startWithoutPauses)
            .thenComparing(Comparator.comparingLong((Task task) -> task.number).reversed()));

    private int free;
    private long tasks;

    GlobalLeastAttained(Run run) {
        this.run = run;
        this.simulation = run.simulation();
        this.quantumNanos = Nanos.of(run.settings().quantum());
        this.leadNanos = TaskOrders.attainedService().requiredLead(quantumNanos);
        this.free = run.settings().slots();
    }

    @Override
    public void submit(SimulatedJob job) {
        while (job.waiting() > 0) {
            run.tally().placed();
            int number = job.started();
            arrive(new Task(job, number, job.nextTask(), tasks++));
        }
    }

    private void arrive(Task task) {
        if (free > 0) {
            free--;
            run(task);
            return;
        }
        Task most = running.first();
        if (most.attained() > 0) {
            pause(most);
            run(task);
        } else {
            waiting.add(task);
        }
    }

    private void run(Task task) {
        if (task.pausedSince == NEVER) {
            run.journal().happened(EventKind.LAUNCH, null, task.job, task.ofJob);
        } else {
            run.tally().paused(simulation.now() - task.pausedSince);
            run.journal().happened(EventKind.RESUME, null, task.job, task.ofJob);
        }
        task.runsSince = simulation.now();
        running.add(task);
        simulation.at(simulation.now() + task.leftNanos(), task);
        simulation.at(simulation.now() + quantumNanos, task.quantum);
    }

    private void pause(Task task) {
        stop(task);
        simulation.cancel(task);
        task.costNanos += run.costs().preemptionNanos();
        task.pausedSince = simulation.now();
        waiting.add(task);
        run.tally().preempted();
        run.journal().happened(EventKind.PAUSE, null, task.job, task.ofJob);
    }

    /** It does not run any more. */
    private void stop(Task task) {
        running.remove(task);
        simulation.cancel(task.quantum);
        task.attainedNanos = task.attained();
        task.runsSince = NEVER;
    }

    private void quantumEnded(Task task) {
        if (!waiting.isEmpty() && task.attained() - waiting.first().attainedNanos >= leadNanos) {
            Task least = waiting.pollFirst();
            pause(task);
            run(least);
        } else {
            simulation.at(simulation.now() + quantumNanos, task.quantum);
        }
    }

    private void ended(Task task) {
        stop(task);
        run.journal().happened(EventKind.FINISH, null, task.job, task.ofJob);
        Task next = waiting.pollFirst();
        if (next == null) {
            free++;
        } else {
            run(next);
        }
        task.job.taskEnded(simulation.now());
    }

    /** A task; as an event its own end. */
    private final class Task extends Event {
        private final SimulatedJob job;
        private final int ofJob;
        private final long workNanos;
        private final long number;
        private final QuantumEnd quantum = new QuantumEnd(this);
        private long attainedNanos;
        private long costNanos;
        private long runsSince = NEVER;
        private long pausedSince = NEVER;

        Task(SimulatedJob job, int ofJob, long workNanos, long number) {
            this.job = job;
            this.ofJob = ofJob;
            this.workNanos = workNanos;
            this.number = number;
        }

        long attained() {
            return runsSince == NEVER ? attainedNanos : attainedNanos + simulation.now() - runsSince;
        }

        /** What it has left, while it has just begun to run. */
        long leftNanos() {
            return workNanos + costNanos - attainedNanos;
        }

        /** When it would have begun, had it never been paused: the earlier, the more it has attained. */
        long startWithoutPauses() {
            return runsSince - attainedNanos;
        }

        @Override
        boolean comesFirst() {
            return true;
        }

        @Override
        void happen() {
            ended(this);
        }
    }

    /** The task has run for a quantum. */
    private final class QuantumEnd extends Event {
        private final Task task;

        QuantumEnd(Task task) {
            this.task = task;
        }

        @Override
        void happen() {
            quantumEnded(task);
        }
    }
}
