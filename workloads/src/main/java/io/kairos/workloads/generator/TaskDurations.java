/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.ParetoDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.WeibullDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/** The distributions that relative task durations are drawn from; each call is one draw. */
interface TaskDurations {

    double PARETO_SHAPE = 1.1;
    double PARETO_RANGE = 1000;
    double WEIBULL_SHAPE = 0.4;
    double LONG_PROBABILITY = 0.05;
    double LONG_MEAN = 44;

    double draw();

    /** Pareto of shape 1.1 on 1 to 1000: the bound keeps one job from being the whole workload. */
    static TaskDurations boundedPareto(RandomGenerator random) {
        RealDistribution pareto = new ParetoDistribution(random, 1, PARETO_SHAPE);
        double inBounds = pareto.cumulativeProbability(PARETO_RANGE);
        return () -> pareto.inverseCumulativeProbability(random.nextDouble() * inBounds);
    }

    /** 95 % exponential of mean 1, 5 % exponential of mean 44, which hold 70 % of the work. */
    static TaskDurations hyperexponential(RandomGenerator random) {
        RealDistribution shortTasks = new ExponentialDistribution(random, 1);
        RealDistribution longTasks = new ExponentialDistribution(random, LONG_MEAN);
        return () -> random.nextDouble() < LONG_PROBABILITY ? longTasks.sample() : shortTasks.sample();
    }

    /** Weibull of shape 0.4, scale 1: a stretched exponential tail. */
    static TaskDurations weibull(RandomGenerator random) {
        return new WeibullDistribution(random, WEIBULL_SHAPE, 1)::sample;
    }

    /** Exponential of mean 1: a light tail. */
    static TaskDurations exponential(RandomGenerator random) {
        return new ExponentialDistribution(random, 1)::sample;
    }
}
