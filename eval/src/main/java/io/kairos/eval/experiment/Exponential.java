/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import java.util.SplittableRandom;

/** The exponential distribution of that mean. */
record Exponential(double mean) implements Sizes {
    /** So many means are never reached in double precision. */
    private static final double BEYOND_ALL = 700;

    @Override
    public double draw(SplittableRandom random) {
        return -StrictMath.log1p(-random.nextDouble()) * mean;
    }

    @Override
    public double cappedMoment(int n, double cap) {
        double most = Math.min(cap, BEYOND_ALL * mean);
        double beyond = Math.exp(-most / mean);
        // By parts, from one moment to the next.
        double moment = mean * (1 - beyond);
        for (int i = 2; i <= n; i++) {
            moment = i * mean * (moment - Math.pow(most, i - 1) * beyond);
        }
        return moment;
    }
}
