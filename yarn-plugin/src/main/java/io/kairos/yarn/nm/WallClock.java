/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When things were that are timed by a clock without a date. Between two times of one process lies what that clock says; only if the
 * machine's date was set meanwhile, as soon after a start, later ones go by the new one. Thread-safe.
 */
final class WallClock {
    private static final long SET_MS = 1_000;

    private final LongSupplier nanoClock;
    private final LongSupplier dateMs;
    private volatile long offsetMs;

    /**
     * @param nanoClock nanoseconds since whenever
     * @param dateMs milliseconds since 1970
     */
    WallClock(LongSupplier nanoClock, LongSupplier dateMs) {
        this.nanoClock = nanoClock;
        this.dateMs = dateMs;
        this.offsetMs = offset();
    }

    /** Milliseconds since 1970 at that moment, which was not long ago. */
    long at(long nanos) {
        long now = offset();
        if (Math.abs(now - offsetMs) >= SET_MS) {
            offsetMs = now;
        }
        return offsetMs + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private long offset() {
        return dateMs.getAsLong() - TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong());
    }
}
