/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

/**
 * Servers with one queue, first come, first served, and exponential jobs (M/M/c), by Erlang's formula. Times in units of the mean job.
 *
 * @param load share of the time that a server is busy, above 0 and below 1
 */
record ManyServers(int servers, double load) {
    /** The probability that a job has to wait (Erlang C). */
    double waitProbability() {
        double offered = servers * load;
        // Erlang B, server by server: numerically sound, as it has no factorials.
        double blocked = 1;
        for (int server = 1; server <= servers; server++) {
            blocked = offered * blocked / (server + offered * blocked);
        }
        return blocked / (1 - load * (1 - blocked));
    }

    double meanWait() {
        return waitProbability() / (servers * (1 - load));
    }
}
