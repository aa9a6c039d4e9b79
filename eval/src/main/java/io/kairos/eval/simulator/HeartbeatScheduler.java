/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.EventKind;
import java.util.BitSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a stock ResourceManager does with one queue that places in heartbeats: tasks wait in one line, by job, and a node is given as many as
 * it has free slots when its heartbeat comes; what has ended there becomes known then too. The nodes' heartbeats are spread over the
 * interval, in the order of their numbers. Source: YARN (SoCC'13).
 *
 * <p>Only the heartbeats that change something are made: of nodes where tasks have ended, and of those with room while something
 * waits.
 */
final class HeartbeatScheduler implements Scheduler {
    private final Run run;
    private final Simulation simulation;
    private final long intervalNanos;
    /** Between the heartbeats of two nodes. */
    private final long stepNanos;

    private final TreeSet<SimulatedJob> queue = new TreeSet<>(SimulatedJob.BY_SUBMISSION);
    /** By node: free slots, as far as its last heartbeat told. */
    private final int[] free;

    private final BitSet withRoom = new BitSet();
    private final NextWithRoom next = new NextWithRoom();

    HeartbeatScheduler(Run run, double intervalSeconds) {
        this.run = run;
        this.simulation = run.simulation();
        this.free = run.settings().nodeGroups().stream()
                .flatMapToInt(group -> IntStream.generate(group::slots).limit(group.count()))
                .toArray();
        this.stepNanos = Math.max(1, Nanos.of(intervalSeconds) / free.length);
        this.intervalNanos = stepNanos * free.length;
        withRoom.set(0, free.length);
    }

    @Override
    public void submit(SimulatedJob job) {
        queue.add(job);
        expect();
    }

    /** Which moment of the interval is that node's. */
    private long phase(int node) {
        return stepNanos * node;
    }

    /** When the node beats next, after this moment. */
    private long nextBeat(int node) {
        long phase = phase(node);
        return (Math.floorDiv(simulation.now() - phase, intervalNanos) + 1) * intervalNanos + phase;
    }

    /** The next heartbeat of a node that has room is due as long as something waits. */
    private void expect() {
        if (queue.isEmpty() || withRoom.isEmpty()) {
            simulation.cancel(next);
            return;
        }
        long into = simulation.now() % intervalNanos;
        int firstLater = (int) Math.min(free.length, into / stepNanos + 1);
        int node = withRoom.nextSetBit(firstLater);
        next.node = node >= 0 ? node : withRoom.nextSetBit(0);
        simulation.at(nextBeat(next.node), next);
    }

    private void fill(int node) {
        while (free[node] > 0 && !queue.isEmpty()) {
            SimulatedJob job = queue.first();
            free[node]--;
            start(job, node);
            if (job.waiting() == 0) {
                queue.remove(job);
            }
        }
        withRoom.set(node, free[node] > 0);
        expect();
    }

    private void start(SimulatedJob job, int node) {
        run.tally().placed();
        int task = job.started();
        run.journal().happened(EventKind.PLACE, node, job, task);
        long begins =
                simulation.now() + run.costs().networkNanos() + run.costs().startNanos();
        run.journal().launchesAt(begins, node, job, task);
        simulation.at(begins + job.nextTask(), new Event() {
            @Override
            void happen() {
                run.journal().happened(EventKind.FINISH, node, job, task);
                long endedAt = simulation.now();
                simulation.at(nextBeat(node), new Event() {
                    @Override
                    void happen() {
                        free[node]++;
                        job.taskEnded(endedAt);
                        fill(node);
                    }
                });
            }
        });
    }

    private final class NextWithRoom extends Event {
        private int node;

        @Override
        void happen() {
            fill(node);
        }
    }
}
