/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.time.Duration;

/**
 * When a job calls the ResourceManager next. Behind an ask it calls again soon, then ever less often, as Spark's master does on
 * YARN: what is free is got at once, and who waits long costs no more than anybody else. Not thread-safe.
 */
final class HeartbeatPace {
    private static final long SOON_MILLISECONDS = 20;

    private final long regular;
    private long next;

    HeartbeatPace(Duration regular) {
        this.regular = regular.toMillis();
        this.next = this.regular;
    }

    /** An ask went out with this call. */
    void asked() {
        next = Math.min(SOON_MILLISECONDS, regular);
    }

    /**
     * Milliseconds until the next call.
     *
     * @param awaiting whether anything that was asked for is not there yet
     */
    long untilNext(boolean awaiting) {
        if (!awaiting) {
            return regular;
        }
        long delay = next;
        next = Math.min(2 * next, regular);
        return delay;
    }
}
