/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.Patience;
import io.kairos.central.RemainingWork;
import io.kairos.central.Sharing;
import org.jspecify.annotations.Nullable;

/**
 * What a central queue does by what it learns of jobs, and how old that is. Immutable.
 *
 * @param queue whose task goes first
 * @param sharing when a task goes where it shares a slot
 * @param knowsUsual whether a job of which little is known is taken for a usual one
 * @param isTold whether work left is not learned at all, but told as it is: for comparison
 * @param rounds whether jobs of about as much work are taken for equal
 * @param staleSeconds for so long all go by what was told; null: one report interval
 * @param patienceSeconds of a job that gets too little; null: however long
 */
record Learning(
        Queue queue,
        Sharing sharing,
        boolean knowsUsual,
        boolean isTold,
        boolean rounds,
        @Nullable Double staleSeconds,
        @Nullable Double patienceSeconds) {
    /** Nothing is learned. */
    static final Learning NONE = new Learning(Queue.ARRIVAL, Sharing.ALWAYS, false, false, false, null, null);
    /** The job-aware policy. */
    static final Learning JOBS = new Learning(Queue.WORK_LEFT, Sharing.JOBS, true, false, true, null, 900.0);

    private static final int MOST_HELD = 999_999_999;
    private static final double MOST_MARGIN = 999_999_999;
    private static final double MOST_STALE_SECONDS = 86_400;
    private static final double LEAST_PATIENCE_SECONDS = 0.001;
    private static final double MOST_PATIENCE_SECONDS = 31_536_000;

    /** Whose task goes first. */
    enum Queue {
        /** That of the job which came first. */
        ARRIVAL,
        /** That of the job which has least work left. */
        WORK_LEFT
    }

    /**
     * This one with what the options say.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    Learning with(PolicyOptions options) {
        return new Learning(
                options.oneOf("queue", queue),
                new Sharing(mostTasks(options), options.number("margin", sharing.margin(), 0, MOST_MARGIN)),
                options.isOn("usual", knowsUsual),
                options.isOn("told", isTold),
                options.isOn("round", rounds),
                options.isSet("stale") ? (Double) options.number("stale", 0, 0, MOST_STALE_SECONDS) : staleSeconds,
                options.seconds("patience", patienceSeconds, LEAST_PATIENCE_SECONDS, MOST_PATIENCE_SECONDS));
    }

    /**
     * This one where that is so.
     *
     * @param shares whether a task may go where it shares a slot
     * @param knowsVictims whether it is known who gives way there
     */
    Learning on(boolean shares, boolean knowsVictims) {
        int mostTasks = shares ? sharing.mostTasks() : Sharing.ALWAYS.mostTasks();
        return new Learning(
                queue,
                new Sharing(mostTasks, knowsVictims ? sharing.margin() : 0),
                knowsUsual,
                isTold,
                rounds,
                staleSeconds,
                patienceSeconds);
    }

    /** What a job is ordered by that has so many seconds of work left. */
    double key(double seconds) {
        return rounds ? RemainingWork.key(seconds) : seconds;
    }

    /** Whether the queue does anything by it. */
    boolean isUsed() {
        return queue == Queue.WORK_LEFT || !sharing.equals(Sharing.ALWAYS);
    }

    private int mostTasks(PolicyOptions options) {
        return options.text("hold", "").equals("none")
                ? Sharing.ALWAYS.mostTasks()
                : options.count("hold", sharing.mostTasks(), 1, MOST_HELD);
    }

    /** The patience of a job that comes then; seconds. */
    Patience patience(double now) {
        return new Patience(patienceSeconds == null ? Double.POSITIVE_INFINITY : patienceSeconds, now);
    }

    /** Nanoseconds. */
    long staleNanos(SimulationSettings settings) {
        return Nanos.of(staleSeconds == null ? settings.reportInterval() : staleSeconds);
    }
}
