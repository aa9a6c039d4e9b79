/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.RunCounts;

/** What a run counts as it goes. */
final class Tally {
    private long placements;
    private long preemptions;
    private long pausedNanos;
    private long behindLong;
    private int lost;
    private long lostNanos;

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

    /** A task is lost, or killed, that had made so much progress. */
    void lost(long doneNanos) {
        lost++;
        lostNanos += doneNanos;
    }

    /** How many tasks were lost or killed. */
    int lostTasks() {
        return lost;
    }

    /** Progress that was lost with them. */
    double lostSeconds() {
        return Nanos.seconds(lostNanos);
    }

    RunCounts counts() {
        return new RunCounts(placements, preemptions, Nanos.seconds(pausedNanos), behindLong);
    }
}
