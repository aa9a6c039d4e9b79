/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import org.apache.commons.math3.distribution.PoissonDistribution;

/**
 * Servers with a queue each, first come, first served, and exponential jobs that look at some of them at random and join the shortest
 * queue, by formula; what a queue comes to as the servers become many. Times in units of the mean job. With one choice the
 * formulas hold for any number of servers.
 *
 * <p>Source: M. Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE TPDS 2001.
 *
 * @param choices servers that a job looks at, 1 or 2
 * @param load share of the time that a server is busy, above 0 and below 1
 */
record RandomChoice(int choices, double load) {
    /** Jobs of which the formulas leave out no more than this. */
    private static final double NEXT_TO_NOTHING = 1e-12;

    private static final int BISECTIONS = 100;

    /** Share of the servers with so many jobs or more, those in service among them. */
    double withAtLeast(int jobs) {
        return Math.pow(load, choices == 1 ? jobs : Math.pow(2, jobs) - 1);
    }

    /** Mean number of jobs of a server, the one in service among them. */
    double meanQueue() {
        double mean = 0;
        for (int jobs = 1; withAtLeast(jobs) > NEXT_TO_NOTHING; jobs++) {
            mean += withAtLeast(jobs);
        }
        return mean;
    }

    /** The probability that a job waits for longer. */
    double waitsLonger(double time) {
        double probability = 0;
        for (int ahead = 1; foundAtLeast(ahead) > NEXT_TO_NOTHING; ahead++) {
            // It waits until that many have ended, of which the server ends one in each unit of time.
            double fewerEnd = time == 0 ? 1 : new PoissonDistribution(time).cumulativeProbability(ahead - 1);
            probability += (foundAtLeast(ahead) - foundAtLeast(ahead + 1)) * fewerEnd;
        }
        return probability;
    }

    /** Which wait the given percentage of the jobs does not exceed. */
    double waitPercentile(double percent) {
        double below = 0;
        double above = 1;
        while (waitsLonger(above) > 1 - percent / 100) {
            above *= 2;
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (below + above) / 2;
            if (waitsLonger(middle) > 1 - percent / 100) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }

    /** The probability that all queues a job looks at are so long. */
    private double foundAtLeast(int jobs) {
        return Math.pow(withAtLeast(jobs), choices);
    }
}
