/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

/**
 * Jobs that come to some servers independently of one another, each for one of them (Poisson arrivals).
 *
 * @param load share of the time that a server is busy in the mean, above 0 and below 1
 */
record Traffic(Sizes sizes, int servers, double load) {
    /** Mean time from one job to the next. */
    double meanGap() {
        return sizes.mean() / (load * servers);
    }

    /** The load that is left if each job is cut down to the cap. */
    double loadUpTo(double cap) {
        return sizes.cappedMoment(1, cap) / (servers * meanGap());
    }

    /**
     * Mean work that a job finds before it, if each job is cut down to the cap and all servers together work on one job at a time. With one
     * server and no cap that is the mean wait, first come, first served (Pollaczek and Khinchine).
     */
    double workFound(double cap) {
        return sizes.cappedMoment(2, cap) / (2 * servers * meanGap() * (1 - loadUpTo(cap)));
    }
}
