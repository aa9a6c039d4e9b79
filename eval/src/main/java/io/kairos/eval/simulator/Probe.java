/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** A place in a worker's queue that a job holds: when its turn comes, the worker asks the job for a task. */
final class Probe {
    private final ProbedJob job;
    private final boolean behindLong;
    /** Estimated seconds for which others were served although this one was here before. */
    private double bypassedSeconds;

    /** @param behindLong whether a long task ran or waited there when it came */
    Probe(ProbedJob job, boolean behindLong) {
        this.job = job;
        this.behindLong = behindLong;
    }

    ProbedJob job() {
        return job;
    }

    boolean behindLong() {
        return behindLong;
    }

    double bypassedSeconds() {
        return bypassedSeconds;
    }

    void bypassed(double seconds) {
        bypassedSeconds += seconds;
    }
}
