/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.EventKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Shortest remaining processing time over the whole cluster, by a scheduler that knows the length of every task and pays for nothing:
 * no message, no start, no move of a task to another node. A mark that a real one can come near to. The job with least
 * remaining work has all the slots it can use, its longest tasks first; who that is is looked at whenever a stage begins or
 * a task ends.
 */
final class ClairvoyantScheduler implements Scheduler {
    private static final long NEVER = -1;

    private final Run run;
    private final Simulation simulation;
    private final Tally tally;
    private final List<Active> jobs = new ArrayList<>();
    private int free;

    ClairvoyantScheduler(Run run) {
        this.run = run;
        this.simulation = run.simulation();
        this.tally = run.tally();
        this.free = run.settings().slots();
    }

    @Override
    public void submit(SimulatedJob job) {
        jobs.add(new Active(job));
        balance();
    }

    /** Runs the waiting tasks of who has least left, if need be in the place of tasks of who has most. */
    private void balance() {
        for (Active least = leastWaiting(); least != null; least = leastWaiting()) {
            if (free == 0) {
                Active most = mostRunning();
                if (most == null || most.remaining() <= least.remaining()) {
                    return;
                }
                most.pauseShortest();
            }
            least.runLongest();
        }
    }

    private @Nullable Active leastWaiting() {
        Active least = null;
        for (int i = 0; i < jobs.size(); i++) {
            Active job = jobs.get(i);
            if (!job.waiting.isEmpty() && (least == null || job.remaining() < least.remaining())) {
                least = job;
            }
        }
        return least;
    }

    private @Nullable Active mostRunning() {
        Active most = null;
        for (int i = 0; i < jobs.size(); i++) {
            Active job = jobs.get(i);
            if (!job.running.isEmpty() && (most == null || job.remaining() > most.remaining())) {
                most = job;
            }
        }
        return most;
    }

    /** A task that does not run: which of its job's it is, what is left of it, and since when it is paused, if it ever ran. */
    private record Waiting(int task, long nanos, long pausedSince) {}

    /** A stage of a job that is under way. */
    private final class Active {
        private final SimulatedJob job;
        private final long laterNanos;
        /** Longest first. */
        private final Queue<Waiting> waiting =
                new PriorityQueue<>(Comparator.comparingLong(Waiting::nanos).reversed());
        /** Which ends first first. */
        private final Queue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::ends));

        private long waitingNanos;
        private long endsNanos;

        Active(SimulatedJob job) {
            this.job = job;
            this.laterNanos = job.laterNanos();
            while (job.waiting() > 0) {
                int task = job.started();
                await(task, job.nextTask(), NEVER);
            }
        }

        private void await(int task, long nanos, long pausedSince) {
            waiting.add(new Waiting(task, nanos, pausedSince));
            waitingNanos += nanos;
        }

        /** Work of the job that is left now, nanoseconds. */
        long remaining() {
            return laterNanos + waitingNanos + endsNanos - running.size() * simulation.now();
        }

        void runLongest() {
            Waiting longest = waiting.remove();
            waitingNanos -= longest.nanos();
            if (longest.pausedSince() == NEVER) {
                tally.placed();
                run.journal().happened(EventKind.LAUNCH, null, job, longest.task());
            } else {
                tally.paused(simulation.now() - longest.pausedSince());
                run.journal().happened(EventKind.RESUME, null, job, longest.task());
            }
            Running started = new Running(this, longest.task(), simulation.now() + longest.nanos());
            running.add(started);
            endsNanos += started.ends();
            free--;
            simulation.at(started.ends(), started);
        }

        void pauseShortest() {
            Running paused = running.remove();
            simulation.cancel(paused);
            endsNanos -= paused.ends();
            await(paused.task, paused.ends() - simulation.now(), simulation.now());
            free++;
            tally.preempted();
            run.journal().happened(EventKind.PAUSE, null, job, paused.task);
        }

        void ended(Running task) {
            run.journal().happened(EventKind.FINISH, null, job, task.task);
            running.remove(task);
            endsNanos -= task.ends();
            free++;
            if (running.isEmpty() && waiting.isEmpty()) {
                jobs.remove(this);
            }
            job.taskEnded(simulation.now());
            balance();
        }
    }

    /** A task that runs, until it ends or is paused. */
    private static final class Running extends Event {
        private final Active job;
        private final int task;
        private final long ends;

        Running(Active job, int task, long ends) {
            this.job = job;
            this.task = task;
            this.ends = ends;
        }

        long ends() {
            return ends;
        }

        @Override
        boolean comesFirst() {
            return true;
        }

        @Override
        void happen() {
            job.ended(this);
        }
    }
}
