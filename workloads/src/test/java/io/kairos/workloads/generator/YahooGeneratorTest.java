/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn against what was measured on a slice of the trace: 2,910 jobs on 4,000 slots, load 0.807. */
class YahooGeneratorTest {
    private static final int JOBS = 60_000;
    private static final Workload DRAWN =
            WorkloadGenerator.YAHOO.generate(new GeneratorSettings(JOBS, 4_000, 0.807, 1), 1);
    private static final Offset<Double> PERCENT = within(0.01);

    private static double percentile(JobClass jobClass, double percent, ToDoubleFunction<Job> figure) {
        double[] sorted = DRAWN.jobs().stream()
                .filter(job -> job.jobClass() == jobClass)
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return sorted[(int) (percent / 100 * sorted.length)];
    }

    @Test
    void aTenthOfTheJobsIsLongAndHoldsNearlyAllWork() {
        long longJobs = DRAWN.jobs().stream()
                .filter(job -> job.jobClass() == JobClass.LONG)
                .count();
        assertThat((double) longJobs / JOBS).isCloseTo(0.095, PERCENT);
        assertThat(DRAWN.serviceSeconds(JobClass.LONG) / DRAWN.serviceSeconds()).isCloseTo(0.985, PERCENT);
        assertThat((double) DRAWN.taskCount() / JOBS).isCloseTo(42.2, within(4.0));
    }

    @ParameterizedTest
    @CsvSource({"SHORT,50,15", "SHORT,90,49", "SHORT,99,100", "LONG,25,8", "LONG,50,24", "LONG,90,758"})
    void jobsAreAsWideAsTheMeasuredOnes(JobClass jobClass, double percent, double measured) {
        assertThat(percentile(jobClass, percent, Job::taskCount)).isCloseTo(measured, within(0.15 * measured));
    }

    @ParameterizedTest
    @CsvSource({"SHORT,50,13.5", "SHORT,90,42.5", "LONG,50,718", "LONG,75,1475", "LONG,90,2632", "LONG,99,7596"})
    void theirTasksAreAsLong(JobClass jobClass, double percent, double measured) {
        assertThat(percentile(jobClass, percent, Job::meanTaskSeconds)).isCloseTo(measured, within(0.15 * measured));
    }

    /** Ten of 2,634 have more than 200 tasks, 552 in the mean, of 48 s in the mean. */
    @Test
    void veryFewShortJobsAreWide() {
        List<Job> shortJobs = DRAWN.jobs().stream()
                .filter(job -> job.jobClass() == JobClass.SHORT)
                .toList();
        List<Job> wide = shortJobs.stream().filter(job -> job.taskCount() > 200).toList();
        assertThat((double) wide.size() / shortJobs.size()).isCloseTo(0.0038, within(0.001));
        assertThat(wide.stream().mapToInt(Job::taskCount).average().orElseThrow())
                .isCloseTo(552, within(100.0));
        assertThat(wide.stream().mapToDouble(Job::meanTaskSeconds).average().orElseThrow())
                .isCloseTo(48, within(10.0));
        assertThat(shortJobs.stream().mapToDouble(Job::serviceSeconds).average().orElseThrow())
                .isCloseTo(480, within(48.0));
    }

    /** Of the slice's jobs the correlation is 0.02, -0.01 and 0.01; chance makes it 0.02 with as many jobs. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 50})
    void eachJobIsDrawnByItself(int distance) {
        double[] work = DRAWN.jobs().stream()
                .mapToDouble(job -> Math.log(job.serviceSeconds()))
                .toArray();
        double correlation = new PearsonsCorrelation()
                .correlation(
                        Arrays.copyOfRange(work, 0, work.length - distance),
                        Arrays.copyOfRange(work, distance, work.length));
        assertThat(correlation).isCloseTo(0, within(0.02));
    }

    @Test
    void aTenthOfTheSlotsGetsATenthOfTheTasks() {
        Workload small = WorkloadGenerator.YAHOO.generate(new GeneratorSettings(20_000, 400, 0.807, 1), 1);
        assertThat(small.taskCount() / 20_000.0).isBetween(3.5, 6.0);
        double span = small.lastSubmitTime();
        assertThat(span / 20_000).isCloseTo(8.87, within(0.8));
        assertThat(Arrays.stream(small.jobs().get(0).taskDurations())).allMatch(seconds -> seconds > 0);
    }
}
