/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is drawn against the figures that the three traces are calibrated to; three seeds of 20,000 jobs together. */
class TraceLikeGeneratorTest {
    private static final int JOBS = 20_000;
    private static final int SEEDS = 3;
    private static final Map<String, Jobs> DRAWN = new ConcurrentHashMap<>();

    private record Jobs(List<Workload> seeds) {
        Stream<Job> all() {
            return seeds.stream().flatMap(workload -> workload.jobs().stream());
        }

        Stream<Job> shortOnes() {
            return all().filter(job -> job.jobClass() == JobClass.SHORT);
        }

        double service(JobClass jobClass) {
            return seeds.stream()
                    .mapToDouble(workload -> workload.serviceSeconds(jobClass))
                    .sum();
        }
    }

    private static Stream<TraceFigures> traces() {
        return Stream.of(TraceFigures.YAHOO, TraceFigures.CLOUDERA, TraceFigures.FACEBOOK);
    }

    private static Jobs drawn(TraceFigures figures) {
        return DRAWN.computeIfAbsent(
                figures.name(),
                name -> new Jobs(LongStream.rangeClosed(1, SEEDS)
                        .mapToObj(seed -> draw(figures, JOBS, seed))
                        .toList()));
    }

    private static Workload draw(TraceFigures figures, int jobs, long seed) {
        return WorkloadGenerator.named(figures.name())
                .generate(new GeneratorSettings(jobs, figures.slots(), 0.9, 1), seed);
    }

    private static TraceFigures named(String name) {
        return traces().filter(figures -> figures.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double percentile(Stream<Job> jobs, ToDoubleFunction<Job> figure, double percent) {
        double[] sorted = jobs.mapToDouble(figure).sorted().toArray();
        return sorted[(int) (percent / 100 * sorted.length)];
    }

    @ParameterizedTest
    @CsvSource({"yahoo,9.5,0.4", "cloudera,5.02,0.3", "facebook,2.01,0.2"})
    void asManyJobsAreLong(String name, double percent, double tolerance) {
        double longJobs = drawn(named(name))
                .all()
                .filter(job -> job.jobClass() == JobClass.LONG)
                .count();
        assertThat(100 * longJobs / (SEEDS * JOBS)).isCloseTo(percent, within(tolerance));
    }

    @ParameterizedTest
    @CsvSource({"yahoo,98.5,0.5", "cloudera,92.79,1", "facebook,99.79,0.05"})
    void theLongJobsHoldAsMuchOfTheWork(String name, double percent, double tolerance) {
        Jobs jobs = drawn(named(name));
        double ofLong = jobs.service(JobClass.LONG);
        assertThat(100 * ofLong / (ofLong + jobs.service(JobClass.SHORT))).isCloseTo(percent, within(tolerance));
    }

    /** Tasks are drawn around the mean that makes a job short or long, so that the mean of few may lie beyond. */
    @ParameterizedTest
    @MethodSource("traces")
    void theCutoffPartsThem(TraceFigures figures) {
        double onTheWrongSide = drawn(figures)
                .all()
                .filter(job -> (job.meanTaskSeconds() > figures.cutoff()) != (job.jobClass() == JobClass.LONG))
                .count();
        assertThat(onTheWrongSide / (SEEDS * JOBS)).isLessThan(0.005);
    }

    /** Measured on the Yahoo slice, as a share of its cutoff. */
    @ParameterizedTest
    @CsvSource({"50,0.149", "90,0.469", "99,0.855"})
    void shortJobsLieAsFarBelowTheCutoff(double percent, double measured) {
        assertThat(traces()).allSatisfy(figures -> assertThat(
                        percentile(drawn(figures).shortOnes(), Job::meanTaskSeconds, percent) / figures.cutoff())
                .isCloseTo(measured, within(0.1 * measured)));
    }

    /** Measured on the Yahoo slice, on jobs of at least five tasks: fewer say little of how they vary. */
    @Test
    void tasksOfAJobVaryAsMuch() {
        assertVary(drawn(TraceFigures.YAHOO).all(), 0.12, 0.33, 0.62);
    }

    /**
     * The same of short jobs: a trace with fewer long ones varies more in the whole. Facebook's have hardly ever five tasks, unless there are
     * ten times as many slots.
     */
    @ParameterizedTest
    @CsvSource({"yahoo,1", "cloudera,1", "facebook,10"})
    void tasksOfAShortJobVaryAsMuch(String name, int slotsFactor) {
        int slots = slotsFactor * named(name).slots();
        Workload drawn = WorkloadGenerator.named(name).generate(new GeneratorSettings(JOBS, slots, 0.9, 1), 5);
        assertVary(drawn.jobs().stream().filter(job -> job.jobClass() == JobClass.SHORT), 0.19, 0.353, 0.626);
    }

    private static void assertVary(Stream<Job> jobs, double p10, double p50, double p90) {
        List<Job> enough = jobs.filter(job -> job.taskCount() >= 5).toList();
        assertThat(variation(enough, 10)).isCloseTo(p10, within(0.2 * p10));
        assertThat(variation(enough, 50)).isCloseTo(p50, within(0.1 * p50));
        assertThat(variation(enough, 90)).isCloseTo(p90, within(0.1 * p90));
    }

    private static double variation(List<Job> jobs, double percent) {
        return percentile(jobs.stream(), TraceLikeGeneratorTest::variation, percent);
    }

    private static double variation(Job job) {
        double mean = job.meanTaskSeconds();
        double squares = 0;
        for (double seconds : job.taskDurations()) {
            squares += (seconds - mean) * (seconds - mean);
        }
        return Math.sqrt(squares / job.taskCount()) / mean;
    }

    @ParameterizedTest
    @MethodSource("traces")
    void threeThousandJobsMeetTheLoadByTheirGaps(TraceFigures figures) {
        Workload workload = draw(figures, 3_000, 4);
        double span = workload.lastSubmitTime() * 3_000 / 2_999;
        assertThat(workload.serviceSeconds() / (figures.slots() * span)).isCloseTo(0.9, within(0.005));
        Workload again = draw(figures, 3_000, 4);
        assertThat(again).isEqualTo(workload);
        Workload calmer = WorkloadGenerator.named(figures.name())
                .generate(new GeneratorSettings(3_000, figures.slots(), 0.45, 1), 4);
        assertThat(calmer.serviceSeconds()).isEqualTo(workload.serviceSeconds());
        assertThat(calmer.lastSubmitTime()).isCloseTo(2 * workload.lastSubmitTime(), within(0.01));
    }

    @Test
    void aJobHasATaskHoweverSmallTheCluster() {
        Workload tiny = WorkloadGenerator.FACEBOOK.generate(new GeneratorSettings(2_000, 4, 0.9, 1), 1);
        assertThat(tiny.jobs()).allSatisfy(job -> assertThat(job.taskCount()).isPositive());
    }
}
