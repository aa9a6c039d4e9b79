/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/**
 * How a scheduler of the Sparrow family works: what {@link ProbingScheduler} is told.
 *
 * @param probesPerTask how many workers a short job asks for each of its tasks
 * @param leastProbes but at least so many
 * @param centralLong whether long jobs are placed by a central scheduler where the estimated wait is least, not probed for
 * @param succinctState whether probes avoid workers that have long tasks, with the bitmaps that those workers send back
 * @param sticky whether a probe stays with its worker until its job has no task left to start
 * @param shortestFirst whether a worker serves the job first whose estimated remaining work is least, within the cap
 * @param stealAttempts how many workers an idle one asks for short tasks that wait behind a long one; 0: it does not
 */
record Probing(
        int probesPerTask,
        int leastProbes,
        boolean centralLong,
        boolean succinctState,
        boolean sticky,
        boolean shortestFirst,
        int stealAttempts) {
    /** SOSP'13: batch sampling with late binding for all jobs. */
    static final Probing SPARROW = new Probing(2, 0, false, false, false, false, 0);

    /** ATC'15: long jobs placed centrally, some workers kept from them, and stealing. */
    static final Probing HAWK = new Probing(2, 0, true, false, false, false, 10);

    /** SoCC'16: short tasks never wait behind long ones. */
    static final Probing EAGLE = new Probing(2, 20, true, true, true, true, 0);
}
