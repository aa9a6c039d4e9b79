/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** What a run counts as it goes. */
final class Tally {
    private long placements;
    private long preemptions;
    private long pausedNanos;
    private long behindLong;

    void placed() {
        placements++;
    }

    void preempted() {
        preemptions++;
    }

    void paused(long nanos) {
        pausedNanos += nanos;
    }

    /** A short task began that had waited behind a long one on its node. */
    void waitedBehindLong() {
        behindLong++;
    }

    long placements() {
        return placements;
    }

    long preemptions() {
        return preemptions;
    }

    long pausedNanos() {
        return pausedNanos;
    }

    long behindLong() {
        return behindLong;
    }
}
