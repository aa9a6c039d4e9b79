/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Where the long tasks are, and for how long by estimate: the central half of Hawk and Eagle. A task goes to the worker whose estimated
 * wait is least; short tasks are unknown here.
 */
final class LongPlacement {
    private final int first;
    private final double roundTripSeconds;
    private final double[] queuedSeconds;
    private final int[] counts;
    private final long[] startedAt;
    private final double[] runningSeconds;
    private final BitSet occupied;

    /** A worker with its estimated wait. */
    private record Wait(double seconds, int worker) {}

    /** @param first the first worker that takes long tasks; all behind it do */
    LongPlacement(int first, int workers, double roundTripSeconds) {
        this.first = first;
        this.roundTripSeconds = roundTripSeconds;
        this.queuedSeconds = new double[workers];
        this.counts = new int[workers];
        this.startedAt = new long[workers];
        this.runningSeconds = new double[workers];
        this.occupied = new BitSet(workers);
        Arrays.fill(startedAt, -1);
    }

    /** The workers that have long tasks now; the caller must not change it. */
    BitSet occupied() {
        return occupied;
    }

    /** Chooses workers for tasks of that estimated length and books the tasks with them. */
    int[] place(int tasks, double estimateSeconds, long now) {
        int[] chosen = new int[tasks];
        int placed = 0;
        for (int worker = nextFree(first); worker >= 0 && placed < tasks; worker = nextFree(worker + 1)) {
            chosen[placed++] = worker;
        }
        if (placed < tasks) {
            fill(chosen, placed, estimateSeconds, now);
        }
        for (int worker : chosen) {
            queuedSeconds[worker] += estimateSeconds;
            counts[worker]++;
            occupied.set(worker);
        }
        return chosen;
    }

    private int nextFree(int from) {
        int free = occupied.nextClearBit(from);
        return free < queuedSeconds.length ? free : -1;
    }

    private void fill(int[] chosen, int alreadyPlaced, double estimateSeconds, long now) {
        PriorityQueue<Wait> waits =
                new PriorityQueue<>(Comparator.comparingDouble(Wait::seconds).thenComparingInt(Wait::worker));
        for (int i = 0; i < alreadyPlaced; i++) {
            waits.add(new Wait(estimateSeconds, chosen[i]));
        }
        for (int worker = occupied.nextSetBit(first); worker >= 0; worker = occupied.nextSetBit(worker + 1)) {
            waits.add(new Wait(waitSeconds(worker, now), worker));
        }
        for (int placed = alreadyPlaced; placed < chosen.length; placed++) {
            Wait least = waits.remove();
            chosen[placed] = least.worker();
            waits.add(new Wait(least.seconds() + estimateSeconds, least.worker()));
        }
    }

    private double waitSeconds(int worker, long now) {
        if (startedAt[worker] < 0) {
            return queuedSeconds[worker];
        }
        double executed = Nanos.seconds(now - startedAt[worker]);
        return roundTripSeconds + queuedSeconds[worker] - Math.min(executed, runningSeconds[worker]);
    }

    void started(int worker, double estimateSeconds, long now) {
        startedAt[worker] = now;
        runningSeconds[worker] = estimateSeconds;
    }

    void ended(int worker, double estimateSeconds) {
        startedAt[worker] = -1;
        queuedSeconds[worker] -= estimateSeconds;
        counts[worker]--;
        if (counts[worker] == 0) {
            // Equal parts added and taken away leave a rounding error.
            queuedSeconds[worker] = 0;
            occupied.clear(worker);
        }
    }
}
