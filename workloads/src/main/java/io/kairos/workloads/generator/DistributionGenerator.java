/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.generator.Draft.JobShape;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Jobs of two equal stages that differ in their task durations only, submitted at exponential inter-arrival times (mean
 * 60 s). The 5 % of jobs with the longest tasks on average count as long.
 *
 * @param tasksAlike true: a job draws one mean from the distribution and its tasks stay near it, as in production
 *     traces; false: each task draws for itself, so all jobs are alike
 */
record DistributionGenerator(String name, Function<RandomGenerator, TaskDurations> distribution, boolean tasksAlike) {

    /** Maps (and reducers) a job had on average in the published experiment. */
    private static final int TASKS_A_STAGE = 23;

    private static final double MEAN_GAP_SECONDS = 60;
    private static final double VARIATION_IN_A_JOB = 0.3;
    private static final double LONG_PERCENTILE = 95;
    /** Keeps two submissions, and the span of a single job, apart by something that can be measured. */
    private static final double SHORTEST_GAP_SECONDS = 0.001;

    Workload generate(GeneratorSettings settings, long seed) {
        RandomGenerator random = new Well19937c(seed);
        ExponentialDistribution gap = new ExponentialDistribution(random, MEAN_GAP_SECONDS);
        ImmutableDoubleArray gaps = ImmutableDoubleArray.copyOf(DoubleStream.generate(gap::sample)
                .limit(settings.jobs())
                .map(seconds -> Math.max(SHORTEST_GAP_SECONDS, seconds)));
        TaskDurations durations = distribution.apply(random);
        JobVariation variation = new JobVariation(random, VARIATION_IN_A_JOB);
        int tasks = settings.scaledTasks(TASKS_A_STAGE);
        List<JobShape> jobs = new ArrayList<>(settings.jobs());
        while (jobs.size() < settings.jobs()) {
            jobs.add(new JobShape(name + "-" + (jobs.size() + 1), JobClass.SHORT, stages(durations, variation, tasks)));
        }
        return new Draft(gaps, jobs).calibrate(name, seed, settings).classifiedByPercentile(LONG_PERCENTILE);
    }

    private List<double[]> stages(TaskDurations durations, JobVariation variation, int tasks) {
        if (tasksAlike) {
            double mean = durations.draw();
            return List.of(variation.around(mean, tasks), variation.around(mean, tasks));
        }
        return List.of(drawEach(durations, tasks), drawEach(durations, tasks));
    }

    private static double[] drawEach(TaskDurations durations, int tasks) {
        return DoubleStream.generate(durations::draw).limit(tasks).toArray();
    }
}
