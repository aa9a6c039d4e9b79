/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import org.jspecify.annotations.Nullable;

/**
 * A task whose attained service is what a counter says, see {@link Reading}. Time that passes adds nothing to it.
 *
 * <p>A class of its own, so that where attained service is wall time no comparison pays for asking which it is.
 */
final class CountedTask<K> extends Task<K> {
    /** The counter that was read last; null before the first reading. */
    private @Nullable String counter;
    /** What the task had attained when that counter stood at 0. */
    private long beforeCounter;

    private CountedTask(TaskRequest<K> request, int slots, long sequence, long attainedNanos, long now) {
        super(request, slots, sequence, attainedNanos, now);
    }

    /** A new one; by this method, because a class that only calls it can be checked without this one being loaded. */
    static <K> Task<K> of(TaskRequest<K> request, int slots, long sequence, long attainedNanos, long now) {
        return new CountedTask<>(request, slots, sequence, attainedNanos, now);
    }

    @Override
    boolean grows() {
        return false;
    }

    /** It never takes service back: a counter may miss what it had seen before. */
    @Override
    void observe(Reading<K> reading) {
        if (!reading.counter().equals(counter)) {
            counter = reading.counter();
            beforeCounter = Math.max(0, settledAttained - reading.nanos());
        }
        settledAttained = Math.max(settledAttained, beforeCounter + reading.nanos());
    }

    /** Whatever it did when it should have been frozen, the counter knows. */
    @Override
    void settleAsService(long now) {
        long counted = settledAttained;
        super.settleAsService(now);
        settledAttained = counted;
    }
}
