/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks are that a central scheduler has placed, and for how long by estimate. A task goes to the worker whose estimated wait is
 * least; other tasks are unknown here. For Hawk and Eagle it is the half that places long jobs.
 */
final class LeastWork {
    private final double roundTripSeconds;
    private final @Nullable DoubleSupplier staleness;
    private final double[] queuedSeconds;
    private final int[] counts;
    private final long[] startedAt;
    private final double[] runningSeconds;
    private final BitSet occupied;

    /** A worker with its estimated wait. */
    private record Wait(double seconds, int worker) {}

    /**
     * @param staleness is asked for each wait how many seconds it is known too high; null if what is known is true
     */
    LeastWork(int workers, double roundTripSeconds, @Nullable DoubleSupplier staleness) {
        this.roundTripSeconds = roundTripSeconds;
        this.staleness = staleness;
        this.queuedSeconds = new double[workers];
        this.counts = new int[workers];
        this.startedAt = new long[workers];
        this.runningSeconds = new double[workers];
        this.occupied = new BitSet(workers);
        Arrays.fill(startedAt, -1);
    }

    /** The workers that have such tasks now; the caller must not change it. */
    BitSet occupied() {
        return occupied;
    }

    /**
     * Chooses workers for tasks of that estimated length and books the tasks with them.
     *
     * @param first the first worker that takes these tasks; all behind it do
     */
    int[] place(int first, int tasks, double estimateSeconds, long now) {
        int[] chosen = new int[tasks];
        if (staleness != null) {
            PriorityQueue<Wait> waits = waits();
            for (int worker = first; worker < queuedSeconds.length; worker++) {
                waits.add(new Wait(Math.max(0, waitSeconds(worker, now)) + staleness.getAsDouble(), worker));
            }
            fill(chosen, 0, waits, estimateSeconds);
        } else {
            placeByWhatIsTrue(first, chosen, estimateSeconds, now);
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

    private void placeByWhatIsTrue(int first, int[] chosen, double estimateSeconds, long now) {
        int placed = 0;
        for (int worker = nextFree(first); worker >= 0 && placed < chosen.length; worker = nextFree(worker + 1)) {
            chosen[placed++] = worker;
        }
        if (placed == chosen.length) {
            return;
        }
        PriorityQueue<Wait> waits = waits();
        for (int i = 0; i < placed; i++) {
            waits.add(new Wait(estimateSeconds, chosen[i]));
        }
        for (int worker = occupied.nextSetBit(first); worker >= 0; worker = occupied.nextSetBit(worker + 1)) {
            waits.add(new Wait(waitSeconds(worker, now), worker));
        }
        fill(chosen, placed, waits, estimateSeconds);
    }

    private static PriorityQueue<Wait> waits() {
        return new PriorityQueue<>(Comparator.comparingDouble(Wait::seconds).thenComparingInt(Wait::worker));
    }

    private static void fill(int[] chosen, int alreadyPlaced, PriorityQueue<Wait> waits, double estimateSeconds) {
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
