/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.Patience;
import io.kairos.central.RemainingWork;

/** What a scheduler without estimates learns of one job while it runs. Times are virtual, nanoseconds. */
final class LearnedJob {
    private final SimulatedJob job;
    private final Patience patience;
    private final double serviceSeconds;
    private int running;
    /** Sum over the running tasks of when each began. It may overflow, and what is subtracted from it does so alike. */
    private long beginnings;

    private long attainedNanos;
    private int waiting;
    private int placed;
    private double keySeconds;

    LearnedJob(SimulatedJob job, Patience patience) {
        this.job = job;
        this.patience = patience;
        this.serviceSeconds = job.job().serviceSeconds();
    }

    SimulatedJob job() {
        return job;
    }

    /** One of its tasks runs from then on. */
    void runs(long from) {
        running++;
        beginnings += from;
    }

    /** A task that has run from the one moment to the other runs no more. */
    void stops(long from, long now) {
        running--;
        beginnings -= from;
        attainedNanos += now - from;
    }

    /** So many more of its tasks are to be placed. */
    void await(int tasks) {
        waiting += tasks;
    }

    int waiting() {
        return waiting;
    }

    void place() {
        waiting--;
        placed++;
    }

    /** A placed task has ended, or is lost. */
    void leave() {
        placed--;
    }

    /** Its tasks that were placed and have not ended. */
    int placed() {
        return placed;
    }

    /** What all its tasks have attained. */
    long attainedNanos(long now) {
        return attainedNanos + running * now - beginnings;
    }

    /**
     * Looks how much work it has left.
     *
     * @param usual how long a task usually is, seconds; 0 if that is not known
     * @param learning how that is done
     */
    void weigh(long now, double usual, Learning learning) {
        double attained = Nanos.seconds(attainedNanos(now));
        // More of its tasks do not run at a time unless slots are free.
        int atATime = Math.min(job.unfinished(), learning.sharing().mostTasks());
        keySeconds = patience.isExhausted(Nanos.seconds(now), attained, atATime)
                ? 0
                : learning.key(learning.isTold() ? leftSeconds(attained) : learnedSeconds(attained, usual));
    }

    private double learnedSeconds(double attained, double usual) {
        return RemainingWork.of(attained, job.unfinished(), job.finished(), usual);
    }

    /** As it is. Of a task whose node failed the service is lost, so that more may be left than that. */
    private double leftSeconds(double attained) {
        return Math.max(0, serviceSeconds - attained);
    }

    /** How much it had when somebody looked last; 0 before that, and while it comes first because it has waited for too long. */
    double keySeconds() {
        return keySeconds;
    }
}
