/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/** How the tasks of one job differ: log-normal around the job's mean, so that none is zero or negative. */
final class JobVariation {

    private final LogNormalDistribution factor;

    /** @param coefficient standard deviation divided by mean */
    JobVariation(RandomGenerator random, double coefficient) {
        double variance = Math.log1p(coefficient * coefficient);
        // The location that makes the mean 1.
        this.factor = new LogNormalDistribution(random, -variance / 2, Math.sqrt(variance));
    }

    double[] around(double mean, int tasks) {
        double[] durations = factor.sample(tasks);
        for (int task = 0; task < tasks; task++) {
            durations[task] *= mean;
        }
        return durations;
    }
}
