/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long one call may take, and the rests between its looks at the kernel. Not thread-safe: one for each call. */
final class Deadline {
    /** A freeze is mostly seen after 0.1 to 0.3 ms: the first rests are shorter than that, later ones spare the processor. */
    private static final long SHORTEST_REST_NANOS = 20_000;

    private static final int SHORTEST_RESTS = 6;

    private static final long LONGEST_REST_NANOS = 1_000_000;

    private final Pace pace;
    private final long endNanos;
    private long nextRestNanos = SHORTEST_REST_NANOS;
    private int rests;

    Deadline(Pace pace, Duration limit) {
        this.pace = pace;
        this.endNanos = pace.nanoTime() + limit.toNanos();
    }

    /** A deadline {@code limit} from now, or this one's if that is sooner. */
    Deadline atMost(Duration limit) {
        return new Deadline(pace, Duration.ofNanos(Math.min(limit.toNanos(), remainingNanos())));
    }

    boolean passed() {
        return remainingNanos() <= 0;
    }

    long remainingNanos() {
        return endNanos - pace.nanoTime();
    }

    void rest() {
        pace.rest(nextRestNanos);
        rests++;
        if (rests < SHORTEST_RESTS) {
            return;
        }
        nextRestNanos = Math.min(2 * nextRestNanos, LONGEST_REST_NANOS);
    }

    /** Time as the pausers see it; tests step it by hand. */
    interface Pace {
        Pace SYSTEM = new Pace() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void rest(long nanos) {
                // A pending interrupt would turn each rest into a spin; it is kept for the caller instead.
                boolean interrupted = Thread.interrupted();
                LockSupport.parkNanos(nanos);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        };

        long nanoTime();

        void rest(long nanos);
    }
}
