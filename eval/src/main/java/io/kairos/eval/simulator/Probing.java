/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/**
 * How a scheduler works that sends probes or tasks to queues of workers: what {@link ProbingScheduler} is told.
 *
 * @param probesPerTask how many workers a short job asks for each of its tasks
 * @param leastProbes but at least so many
 * @param central whose tasks are placed where the estimated wait is least, and not probed for
 * @param staleSeconds how old that wait may be at most: so much at random is added to each
 * @param succinctState whether probes avoid workers that have long tasks, with the bitmaps that those workers send back
 * @param sticky whether a probe stays with its worker until its job has no task left to start
 * @param shortestFirst whether a worker serves the job first whose estimated remaining work is least, within the cap
 * @param stealAttempts how many workers an idle one asks for short tasks that wait behind a long one; 0: it does not
 */
record Probing(
        int probesPerTask,
        int leastProbes,
        Central central,
        double staleSeconds,
        boolean succinctState,
        boolean sticky,
        boolean shortestFirst,
        int stealAttempts) {
    /** Whom a central scheduler places. */
    enum Central {
        NOBODY,
        LONG_JOBS,
        ALL_JOBS
    }

    /** SOSP'13: batch sampling with late binding for all jobs. */
    static final Probing SPARROW = new Probing(2, 0, Central.NOBODY, 0, false, false, false, 0);

    /** ATC'15: long jobs placed centrally, some workers kept from them, and stealing. */
    static final Probing HAWK = new Probing(2, 0, Central.LONG_JOBS, 0, false, false, false, 10);

    /** SoCC'16: short tasks never wait behind long ones. */
    static final Probing EAGLE = new Probing(2, 20, Central.LONG_JOBS, 0, true, true, true, 0);

    /**
     * Least work left: each task goes to the worker whose estimated wait is least; long ones keep off those reserved for short
     * ones. With stale waits it stands for many schedulers that share what they know in heartbeats, as Apollo's (OSDI'14) do.
     */
    static Probing leastWork(boolean shortestFirst, double staleSeconds) {
        return new Probing(0, 0, Central.ALL_JOBS, staleSeconds, false, false, shortestFirst, 0);
    }

    /** Whether a central scheduler places the job's tasks. */
    boolean isCentral(ProbedJob job) {
        return switch (central) {
            case NOBODY -> false;
            case LONG_JOBS -> job.isLong();
            case ALL_JOBS -> true;
        };
    }
}
