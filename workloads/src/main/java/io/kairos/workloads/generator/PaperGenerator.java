/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.generator.Draft.JobShape;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The class mix of the cluster experiment of Kairos (SoCC'18): 100 MapReduce jobs of five classes, long ones at
 * published positions, reducers behind all maps, submitted as a Poisson(60) number of seconds after one another.
 */
final class PaperGenerator {

    private static final double MEAN_GAP_SECONDS = 60;
    private static final double VARIATION_IN_A_JOB = 0.3;

    private PaperGenerator() {}

    static Workload generate(GeneratorSettings settings, long seed) {
        RandomGenerator random = new Well19937c(seed);
        PoissonDistribution gap = new PoissonDistribution(
                random,
                MEAN_GAP_SECONDS,
                PoissonDistribution.DEFAULT_EPSILON,
                PoissonDistribution.DEFAULT_MAX_ITERATIONS);
        ImmutableDoubleArray gaps = ImmutableDoubleArray.copyOf(
                Arrays.stream(gap.sample(settings.jobs())).asDoubleStream().map(seconds -> Math.max(1, seconds)));
        JobVariation variation = new JobVariation(random, VARIATION_IN_A_JOB);
        List<JobShape> jobs = new ArrayList<>(settings.jobs());
        for (PaperClass jobClass : PaperClassMix.sequence(settings.jobs(), random)) {
            jobs.add(new JobShape(
                    jobClass.label() + "-" + (jobs.size() + 1),
                    jobClass.jobClass(),
                    List.of(
                            variation.around(jobClass.taskDuration(), settings.scaledTasks(jobClass.maps())),
                            variation.around(jobClass.taskDuration(), settings.scaledTasks(jobClass.reducers())))));
        }
        return new Draft(gaps, jobs).calibrate("paper", seed, settings);
    }
}
