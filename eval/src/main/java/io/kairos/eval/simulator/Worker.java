/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One slot of a cluster that is probed: a queue of probes, and the task that runs. Bookkeeping only; {@link ProbingScheduler} acts. */
final class Worker {
    /** A probe may be bypassed for so many times its own task at most. Source: Eagle (SoCC'16). */
    private static final int BYPASS_CAP = 5;

    private final int number;
    private final List<Probe> queue = new ArrayList<>(4);
    private int queuedLong;
    private boolean busy;
    private boolean runsLong;
    private @Nullable BitSet bitmap;
    private long bitmapAt = Long.MIN_VALUE;

    Worker(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    boolean isBusy() {
        return busy;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whether a long task runs or waits here. */
    boolean hasLong() {
        return runsLong || queuedLong > 0;
    }

    void enqueue(Probe probe) {
        queue.add(probe);
        queuedLong += probe.job().isLong() ? 1 : 0;
    }

    /** Which workers have long tasks, as the central scheduler of long jobs said with the last one it sent here. */
    void learn(BitSet longWorkers, long now) {
        bitmap = longWorkers;
        bitmapAt = now;
    }

    @Nullable BitSet bitmap() {
        return bitmap;
    }

    long bitmapAt() {
        return bitmapAt;
    }

    /** The slot is taken: by a task, or while its job is asked for one. */
    void take(boolean byLong) {
        busy = true;
        runsLong = byLong;
    }

    void release() {
        busy = false;
        runsLong = false;
    }

    Probe get(int position) {
        return queue.get(position);
    }

    Probe remove(int position) {
        Probe removed = queue.remove(position);
        queuedLong -= removed.job().isLong() ? 1 : 0;
        return removed;
    }

    /** The probe at that place is served before those in front of it. */
    void bypassUpTo(int position, double seconds) {
        for (int i = 0; i < position; i++) {
            queue.get(i).bypassed(seconds);
        }
    }

    /**
     * The place of the probe to serve next: a long one that is first; else that of the job with least remaining work, unless one in
     * front of it would be bypassed too much. Probes of jobs that have all been started are thrown away.
     *
     * @param longGoesFirst false if long ones are treated as all others are
     * @return -1 if none is left
     */
    int shortestRemaining(boolean longGoesFirst) {
        int chosen = -1;
        double least = Double.POSITIVE_INFINITY;
        double slack = Double.POSITIVE_INFINITY;
        int position = 0;
        while (position < queue.size()) {
            Probe probe = queue.get(position);
            ProbedJob job = probe.job();
            if (job.isKnownStarted()) {
                remove(position);
                continue;
            }
            boolean isSpecial = longGoesFirst && job.isLong();
            if (isSpecial && position == 0) {
                return 0;
            }
            if (job.remainingSeconds() < least && job.estimateSeconds() <= slack) {
                chosen = position;
                least = job.remainingSeconds();
            }
            if (!isSpecial) {
                slack = Math.min(slack, BYPASS_CAP * job.estimateSeconds() - probe.bypassedSeconds());
            }
            position++;
        }
        return chosen;
    }

    /** Gives away the first short probes that wait behind a long task, as many as follow one another. Source: Hawk (ATC'15). */
    List<Probe> giveShortBehindLong() {
        int position = 0;
        if (!runsLong) {
            while (position < queue.size() && !queue.get(position).job().isLong()) {
                position++;
            }
        }
        while (position < queue.size() && queue.get(position).job().isLong()) {
            position++;
        }
        List<Probe> given = new ArrayList<>();
        while (position < queue.size() && !queue.get(position).job().isLong()) {
            given.add(remove(position));
        }
        return given;
    }
}
