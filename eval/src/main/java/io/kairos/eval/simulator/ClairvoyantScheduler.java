/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Shortest remaining processing time over the whole cluster, by a scheduler that knows the length of every task and moves tasks
 * between nodes at no cost: a bound that no real one reaches. The job with least remaining work has all the slots it can
 * use, its longest tasks first. Who is first is looked at whenever a stage begins or a task ends.
 */
final class ClairvoyantScheduler implements Scheduler {
    private final Simulation simulation;
    private final Tally tally;
    private final List<Active> jobs = new ArrayList<>();
    private int free;

    ClairvoyantScheduler(Simulation simulation, int slots, Tally tally) {
        this.simulation = simulation;
        this.tally = tally;
        this.free = slots;
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

    /** A stage of a job that is under way. */
    private final class Active {
        private final SimulatedJob job;
        /** What is left of tasks that do not run, longest first. */
        private final Queue<Long> waiting = new PriorityQueue<>(Comparator.reverseOrder());
        /** Those that run, which ends first first. */
        private final Queue<Running> running = new PriorityQueue<>();

        private long waitingNanos;
        private long endsNanos;

        Active(SimulatedJob job) {
            this.job = job;
            while (job.waiting() > 0) {
                await(job.nextTask());
            }
        }

        private void await(long nanos) {
            waiting.add(nanos);
            waitingNanos += nanos;
        }

        /** Work of this stage that is left now, nanoseconds. */
        long remaining() {
            return waitingNanos + endsNanos - running.size() * simulation.now();
        }

        void runLongest() {
            long nanos = waiting.remove();
            waitingNanos -= nanos;
            Running started = new Running(this, simulation.now() + nanos);
            running.add(started);
            endsNanos += started.ends;
            free--;
            simulation.at(started.ends, started);
        }

        void pauseShortest() {
            Running paused = running.remove();
            paused.overtaken = true;
            endsNanos -= paused.ends;
            await(paused.ends - simulation.now());
            free++;
            tally.preempted();
        }

        void ended(Running task) {
            running.remove(task);
            endsNanos -= task.ends;
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
        private final long ends;
        private boolean overtaken;

        Running(Active job, long ends) {
            this.job = job;
            this.ends = ends;
        }

        @Override
        boolean happen() {
            if (!overtaken) {
                job.ended(this);
            }
            return !overtaken;
        }
    }
}
