/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.generator.Draft.JobShape;
import io.kairos.workloads.generator.TraceFigures.LongJobs;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Jobs like those of a production trace, of one stage, drawn by {@link TraceFigures}:
 *
 * <ul>
 *   <li>short jobs: the number of tasks exponential, their mean duration exponential and below the cutoff; of very few both are
 *       larger, the number of tasks by more than ten times
 *   <li>long jobs, few and with most of the work: narrow ones and wide ones, each with an exponential number of tasks; mean
 *       duration from the cutoff on, two exponentials, the longer one for 15 %
 *   <li>tasks of a job differ the less, the longer they are: their coefficient of variation falls with the root of their mean
 * </ul>
 *
 * The offered load is met by the gaps between jobs, which are exponential, and not by the tasks. Numbers of tasks scale with the
 * slots; as a job has one task at least, short jobs hold more of the work on clusters that are very small for the trace.
 */
final class TraceLikeGenerator {
    /** Before the gaps are brought to the load, where any value would do; this one leaves those of the Yahoo slice as they are. */
    private static final double MEAN_GAP_SECONDS = 8.87;

    private static final double SHORTEST_GAP_SECONDS = 0.001;
    private static final double LONGEST_SHARE = 0.15;
    /** Coefficient of variation of tasks as long as the scale of short jobs, but for the share below. */
    private static final double VARIATION = 0.32;
    /** Keeps the variation of the shortest tasks finite; in units of that scale. */
    private static final double NEVER_SHORTER = 0.105;

    private static final double SHORTEST_SECONDS = 0.1;

    private final TraceFigures figures;
    private final RandomGenerator random;
    private final double width;

    /** @param width factor on numbers of tasks */
    private TraceLikeGenerator(TraceFigures figures, RandomGenerator random, double width) {
        this.figures = figures;
        this.random = random;
        this.width = width;
    }

    static Workload generate(TraceFigures figures, GeneratorSettings settings, long seed) {
        RandomGenerator random = new Well19937c(seed);
        TraceLikeGenerator generator =
                new TraceLikeGenerator(figures, random, (double) settings.slots() / figures.slots());
        ExponentialDistribution gap = new ExponentialDistribution(random, MEAN_GAP_SECONDS);
        ImmutableDoubleArray gaps = ImmutableDoubleArray.copyOf(DoubleStream.generate(gap::sample)
                .limit(settings.jobs())
                .map(seconds -> Math.max(SHORTEST_GAP_SECONDS, seconds)));
        List<JobShape> jobs = new ArrayList<>(settings.jobs());
        while (jobs.size() < settings.jobs()) {
            jobs.add(generator.job(jobs.size() + 1));
        }
        return new Draft(gaps, jobs).pace(figures.name(), seed, settings);
    }

    private JobShape job(int number) {
        boolean isLong = random.nextDouble() < figures.longJobs().share();
        boolean isWideShort = !isLong && isWideShort();
        double mean = isLong ? longSeconds() : isWideShort ? wideShortSeconds() : shortSeconds();
        double meanTasks = isLong ? longTasks() : shortTasks(isWideShort);
        int tasks = (int) Math.max(1, Math.round(exponential(meanTasks) * width));
        return new JobShape(
                figures.name() + "-" + number,
                isLong ? JobClass.LONG : JobClass.SHORT,
                List.of(new JobVariation(random, variation(mean)).around(mean, tasks)));
    }

    /** Fits what was measured within the jobs of the Yahoo slice, over three decades of their mean. */
    private double variation(double mean) {
        return VARIATION / Math.sqrt(mean / figures.shortJobs().scale() + NEVER_SHORTER);
    }

    private boolean isWideShort() {
        double share = figures.shortJobs().wideShare();
        return share > 0 && random.nextDouble() < share;
    }

    private double shortTasks(boolean isWide) {
        return isWide ? figures.shortJobs().wideTasks() : figures.shortJobs().narrowTasks();
    }

    private double wideShortSeconds() {
        return Math.max(SHORTEST_SECONDS, random.nextDouble() * figures.cutoff());
    }

    private double shortSeconds() {
        double scale = figures.shortJobs().scale();
        double seconds = exponential(scale);
        while (seconds > figures.cutoff()) {
            seconds = exponential(scale);
        }
        return Math.max(SHORTEST_SECONDS, seconds);
    }

    private double longSeconds() {
        LongJobs jobs = figures.longJobs();
        return figures.cutoff() + exponential(random.nextDouble() < LONGEST_SHARE ? jobs.longestScale() : jobs.scale());
    }

    private double longTasks() {
        LongJobs jobs = figures.longJobs();
        return random.nextDouble() < jobs.wideShare() ? jobs.wideTasks() : jobs.narrowTasks();
    }

    private double exponential(double mean) {
        return new ExponentialDistribution(random, mean).sample();
    }
}
