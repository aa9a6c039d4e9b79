/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.NodeCapacity;
import io.kairos.central.PlacementIndex;
import io.kairos.central.TieBreak;
import io.kairos.eval.metrics.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Big-C (ATC'17), which is told of each job whether it is short: two queues of a capacity scheduler, short jobs with nearly all of the
 * cluster guaranteed and long jobs with the rest, either using what is idle. Where short tasks wait and the long queue holds more than its
 * share, tasks of the newest long job are suspended, a few each round, and go on in place when their node has room and no short
 * task waits, or a few were let pass. A task of one core is suspended whole.
 *
 * <p>Rounds, shares and limits are those with which the authors of Kairos ran it.
 */
final class BigC implements Scheduler {
    private static final long ROUND_NANOS = 3_000_000_000L;
    private static final double LONG_GUARANTEE = 0.02;
    /** The long queue may exceed its guarantee by so much before it is preempted. */
    private static final double TOLERANCE = 1.1;
    /** Of the cluster, what a round takes at most; all of it, as their natural termination factor is 1. */
    private static final double MOST_OF_CLUSTER = 0.1;
    /** So many short tasks a node is given before a suspended one of its goes on. */
    private static final int MOST_VISITS = 3;

    private final Run run;
    private final Simulation simulation;
    private final Mode mode;
    private final int slots;
    private final TreeSet<SimulatedJob> shortQueue = new TreeSet<>(SimulatedJob.BY_SUBMISSION);
    private final TreeSet<SimulatedJob> longQueue = new TreeSet<>(SimulatedJob.BY_SUBMISSION);
    private final PlacementIndex<Integer> index;
    private final int[] free;
    /** By node: how many short tasks it was given since a suspended one waits there. */
    private final int[] visits;

    private final List<Deque<Task>> suspended = new ArrayList<>();
    /** Nodes with a free slot and a suspended task. */
    private final BitSet resumable = new BitSet();
    /** Running long tasks, those of the newest job last, the newest of them last. */
    private final TreeMap<SimulatedJob, TreeSet<Task>> longRunning = new TreeMap<>(SimulatedJob.BY_SUBMISSION);

    private final Round round = new Round();
    private int usedByShort;
    private int usedByLong;

    /** How it takes the slots of long tasks. */
    enum Mode {
        /** Of what is over the share, up to a tenth of the cluster each round. */
        GRACEFUL,
        /** All that is over the share and wanted. */
        IMMEDIATE,
        /** As graceful, but by killing: they start again. */
        KILL
    }

    BigC(Run run, Mode mode) {
        this.run = run;
        this.simulation = run.simulation();
        this.mode = mode;
        this.slots = run.settings().slots();
        this.index = new PlacementIndex<>(TieBreak.ROUND_ROBIN, run.seed());
        this.free = new int[run.settings().nodes()];
        this.visits = new int[free.length];
        int number = 0;
        for (NodeGroup group : run.settings().nodeGroups()) {
            for (int i = 0; i < group.count(); i++) {
                free[number] = group.slots();
                index.join(number, new NodeCapacity(group.slots(), 0), 0);
                suspended.add(new ArrayDeque<>(0));
                number++;
            }
        }
    }

    @Override
    public void submit(SimulatedJob job) {
        (job.isLong() ? longQueue : shortQueue).add(job);
        fill();
    }

    /** Gives free slots to who waits, the queue that has least of its guarantee first. */
    private void fill() {
        while (runOne()) {
            // each round runs one task
        }
        if (!shortQueue.isEmpty() && !round.isScheduled()) {
            round.isMarked = false;
            simulation.at((simulation.now() / ROUND_NANOS + 1) * ROUND_NANOS, round);
        }
    }

    private boolean runOne() {
        boolean shortFirst = usedByShort * LONG_GUARANTEE <= usedByLong * (1 - LONG_GUARANTEE) || nothingLongWaits();
        if (!shortQueue.isEmpty() && shortFirst) {
            return start(shortQueue);
        }
        int node = resumable.nextSetBit(0);
        if (node >= 0) {
            resume(node);
            return true;
        }
        return start(longQueue.isEmpty() ? shortQueue : longQueue);
    }

    private boolean nothingLongWaits() {
        return longQueue.isEmpty() && resumable.isEmpty();
    }

    private boolean start(TreeSet<SimulatedJob> queue) {
        Integer node = index.best().orElse(null);
        if (queue.isEmpty() || node == null) {
            return false;
        }
        if (queue == shortQueue && resumable.get(node) && ++visits[node] > MOST_VISITS) {
            resume(node);
            return true;
        }
        SimulatedJob job = queue.first();
        run.tally().placed();
        int number = job.started();
        Task task = new Task(job, number, node, job.nextTask());
        if (job.waiting() == 0) {
            queue.remove(job);
        }
        run.journal().happened(EventKind.PLACE, node, job, number);
        takeSlot(task);
        long begins =
                simulation.now() + run.costs().networkNanos() + run.costs().startNanos();
        run.journal().launchesAt(begins, node, job, number);
        task.begin(begins);
        return true;
    }

    private void resume(int node) {
        visits[node] = 0;
        Task task = suspended.get(node).removeFirst();
        run.tally().paused(simulation.now() - task.suspendedAt);
        run.journal().happened(EventKind.RESUME, node, task.job, task.number);
        takeSlot(task);
        task.begin(simulation.now());
    }

    private void takeSlot(Task task) {
        index.place(task.node);
        free[task.node]--;
        look(task.node);
        if (task.job.isLong()) {
            usedByLong++;
            longRunning
                    .computeIfAbsent(task.job, job -> new TreeSet<>(Comparator.comparingInt(other -> other.number)))
                    .add(task);
        } else {
            usedByShort++;
        }
    }

    private void giveSlot(Task task) {
        index.finish(task.node);
        free[task.node]++;
        look(task.node);
        if (task.job.isLong()) {
            usedByLong--;
        } else {
            usedByShort--;
        }
    }

    /** It has ended or gives way: nobody can be preempted who does not run. */
    private void runsNoMore(Task task) {
        TreeSet<Task> ofJob = longRunning.get(task.job);
        if (ofJob != null && ofJob.remove(task) && ofJob.isEmpty()) {
            longRunning.remove(task.job);
        }
    }

    private void look(int node) {
        resumable.set(node, free[node] > 0 && !suspended.get(node).isEmpty());
    }

    /** How many long tasks give way in this round. */
    private int toPreempt() {
        double excess = usedByLong - LONG_GUARANTEE * slots;
        if (usedByLong <= TOLERANCE * LONG_GUARANTEE * slots || excess < 1) {
            return 0;
        }
        int wanted = shortQueue.stream().mapToInt(SimulatedJob::waiting).sum();
        // A tenth of a small cluster is less than a slot, yet somebody has to give way.
        double most = mode == Mode.IMMEDIATE ? excess : Math.min(excess, Math.max(1, MOST_OF_CLUSTER * slots));
        return (int) Math.min(wanted, most);
    }

    private void preempt(int tasks) {
        for (int i = 0; i < tasks && !longRunning.isEmpty(); i++) {
            Task victim = longRunning.lastEntry().getValue().last();
            runsNoMore(victim);
            giveSlot(victim);
            simulation.cancel(victim);
            if (mode == Mode.KILL) {
                run.tally().lost(victim.doneNanos());
                run.journal().happened(EventKind.KILL, victim.node, victim.job, victim.number);
                victim.job.giveBack(victim.workNanos);
                longQueue.add(victim.job);
            } else {
                victim.suspend();
                suspended.get(victim.node).addLast(victim);
                look(victim.node);
            }
        }
    }

    /** Looks for long tasks to preempt, as long as short ones wait: what it marks in one round gives way in the next. */
    private final class Round extends Event {
        private boolean isMarked;

        @Override
        void happen() {
            if (shortQueue.isEmpty()) {
                return;
            }
            if (isMarked) {
                preempt(toPreempt());
            }
            isMarked = toPreempt() > 0;
            simulation.at(simulation.now() + ROUND_NANOS, this);
            fill();
        }
    }

    /** A task on its node; as an event its own end. */
    private final class Task extends Event {
        private final SimulatedJob job;
        private final int number;
        private final int node;
        private final long workNanos;
        private long leftNanos;
        private long runsSince;
        private long suspendedAt;

        Task(SimulatedJob job, int number, int node, long workNanos) {
            this.job = job;
            this.number = number;
            this.node = node;
            this.workNanos = workNanos;
            this.leftNanos = workNanos;
        }

        void begin(long at) {
            runsSince = at;
            simulation.at(at + leftNanos, this);
        }

        void suspend() {
            run.tally().preempted();
            run.journal().happened(EventKind.PAUSE, node, job, number);
            leftNanos += run.costs().preemptionNanos() - Math.max(0, simulation.now() - runsSince);
            suspendedAt = simulation.now();
        }

        long doneNanos() {
            return Math.max(0, workNanos - leftNanos + Math.max(0, simulation.now() - runsSince));
        }

        @Override
        boolean comesFirst() {
            return true;
        }

        @Override
        void happen() {
            runsNoMore(this);
            run.journal().happened(EventKind.FINISH, node, job, number);
            long endedAt = simulation.now();
            Task ended = this;
            simulation.at(endedAt + run.costs().networkNanos(), new Event() {
                @Override
                void happen() {
                    giveSlot(ended);
                    job.taskEnded(endedAt);
                    fill();
                }
            });
        }
    }
}
