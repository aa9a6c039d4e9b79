/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.RunCounts;

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

    /** A pause is over. */
    void paused(long nanos) {
        pausedNanos += nanos;
    }

    /** A short task begins that waited behind a long one on its node. */
    void waitedBehindLong() {
        behindLong++;
    }

    RunCounts counts() {
        return new RunCounts(placements, preemptions, Nanos.seconds(pausedNanos), behindLong);
    }
}
