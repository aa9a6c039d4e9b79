/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.generator.Draft.JobShape;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Jobs like those of the Yahoo trace that Hawk (ATC'15) and Eagle (SoCC'16) were evaluated with, calibrated against what was measured on
 * a slice of it, 2,910 jobs on 4,000 slots:
 *
 * <ul>
 *   <li>90.5 % short jobs: tasks exponential around 21.6, their mean duration exponential around 19 s and below 90.58 s
 *   <li>9.5 % long jobs with 98.5 % of the work: six of ten with tasks exponential around 15, four of ten around 545; mean
 *       duration from 90.58 s on, two exponentials with a mean of 800 s and, for 15 %, of 3,000 s
 *   <li>tasks of a job differ the less, the longer they are: coefficient of variation 1.2 over the root of their mean
 * </ul>
 *
 * The offered load is met by the gaps between jobs, which are exponential, and not by the tasks: 0.807 makes them 8.87 s in the mean, as
 * in the slice.
 */
final class YahooGenerator {
    private static final int SLOTS = 4_000;
    private static final double MEAN_GAP_SECONDS = 8.87;
    private static final double CUTOFF_SECONDS = 90.5811;
    private static final double LONG_SHARE = 0.095;
    private static final double SHORT_TASKS = 21.6;
    private static final double SHORT_SECONDS = 19;
    private static final double WIDE_SHARE = 0.4;
    private static final double NARROW_TASKS = 15;
    private static final double WIDE_TASKS = 545;
    private static final double LONG_SECONDS = 800;
    private static final double LONGEST_SHARE = 0.15;
    private static final double LONGEST_SECONDS = 3_000;
    private static final double VARIATION = 1.2;
    private static final double MOST_VARIATION = 1;
    private static final double SHORTEST_GAP_SECONDS = 0.001;
    private static final double SHORTEST_SECONDS = 0.1;

    private final RandomGenerator random;
    private final double width;

    /** @param width factor on numbers of tasks */
    private YahooGenerator(RandomGenerator random, double width) {
        this.random = random;
        this.width = width;
    }

    static Workload generate(GeneratorSettings settings, long seed) {
        RandomGenerator random = new Well19937c(seed);
        YahooGenerator generator = new YahooGenerator(random, (double) settings.slots() / SLOTS);
        ExponentialDistribution gap = new ExponentialDistribution(random, MEAN_GAP_SECONDS);
        ImmutableDoubleArray gaps = ImmutableDoubleArray.copyOf(DoubleStream.generate(gap::sample)
                .limit(settings.jobs())
                .map(seconds -> Math.max(SHORTEST_GAP_SECONDS, seconds)));
        List<JobShape> jobs = new ArrayList<>(settings.jobs());
        while (jobs.size() < settings.jobs()) {
            jobs.add(generator.job(jobs.size() + 1));
        }
        return new Draft(gaps, jobs).pace("yahoo", seed, settings);
    }

    private JobShape job(int number) {
        boolean isLong = random.nextDouble() < LONG_SHARE;
        double mean = isLong ? longSeconds() : shortSeconds();
        double meanTasks = !isLong ? SHORT_TASKS : random.nextDouble() < WIDE_SHARE ? WIDE_TASKS : NARROW_TASKS;
        int tasks = (int) Math.max(1, Math.round(exponential(meanTasks) * width));
        double variation = Math.min(MOST_VARIATION, VARIATION / Math.sqrt(mean));
        return new JobShape(
                "yahoo-" + number,
                isLong ? JobClass.LONG : JobClass.SHORT,
                List.of(new JobVariation(random, variation).around(mean, tasks)));
    }

    private double shortSeconds() {
        double seconds = exponential(SHORT_SECONDS);
        while (seconds > CUTOFF_SECONDS) {
            seconds = exponential(SHORT_SECONDS);
        }
        return Math.max(SHORTEST_SECONDS, seconds);
    }

    private double longSeconds() {
        return CUTOFF_SECONDS + exponential(random.nextDouble() < LONGEST_SHARE ? LONGEST_SECONDS : LONG_SECONDS);
    }

    private double exponential(double mean) {
        return new ExponentialDistribution(random, mean).sample();
    }
}
