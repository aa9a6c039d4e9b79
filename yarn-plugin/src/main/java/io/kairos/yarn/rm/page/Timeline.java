/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/** How many tasks ran and waited in the last minutes, so many moments and no more. Thread-safe. */
final class Timeline {
    private final int most;
    private final long spanMs;
    private final LongSupplier clock;
    private final Deque<Moment> moments = new ArrayDeque<>();

    /**
     * @param most moments to keep
     * @param spanMs how long one is kept at most
     * @param clock milliseconds since 1970
     */
    Timeline(int most, long spanMs, LongSupplier clock) {
        if (most < 1 || spanMs < 1) {
            throw new IllegalArgumentException(
                    "a timeline keeps at least 1 moment for 1 ms, not " + most + " for " + spanMs);
        }
        this.most = most;
        this.spanMs = spanMs;
        this.clock = clock;
    }

    /**
     * One moment.
     *
     * @param timeMs milliseconds since 1970
     * @param running tasks with slots, as the nodes last said
     * @param asks containers asked for and not placed
     */
    record Moment(long timeMs, long running, long paused, long held, long asks) {}

    /** What all moments have in common side by side: shorter on the way than each moment with its names. */
    record Columns(long[] timeMs, long[] running, long[] paused, long[] held, long[] asks) {}

    /** This moment. If the clock was set back, what is said to be later than now is forgotten. */
    synchronized void add(long running, long paused, long held, long asks) {
        long now = clock.getAsLong();
        while (!moments.isEmpty() && moments.getLast().timeMs() >= now) {
            moments.removeLast();
        }
        moments.add(new Moment(now, running, paused, held, asks));
        if (moments.size() > most) {
            moments.removeFirst();
        }
        forgetOld(now);
    }

    /** The moments in order. */
    synchronized List<Moment> moments() {
        forgetOld(clock.getAsLong());
        return new ArrayList<>(moments);
    }

    Columns columns() {
        List<Moment> all = moments();
        return new Columns(
                all.stream().mapToLong(Moment::timeMs).toArray(),
                all.stream().mapToLong(Moment::running).toArray(),
                all.stream().mapToLong(Moment::paused).toArray(),
                all.stream().mapToLong(Moment::held).toArray(),
                all.stream().mapToLong(Moment::asks).toArray());
    }

    private void forgetOld(long now) {
        while (!moments.isEmpty() && moments.getFirst().timeMs() < now - spanMs) {
            moments.removeFirst();
        }
    }
}
