/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is drawn against what was measured on a slice of the trace: 2,910 jobs on 4,000 slots, load 0.807. */
class YahooGeneratorTest {
    private static final Workload DRAWN =
            WorkloadGenerator.YAHOO.generate(new GeneratorSettings(20_000, 4_000, 0.807, 1), 1);
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
        assertThat(longJobs / 20_000.0).isCloseTo(0.095, PERCENT);
        assertThat(DRAWN.serviceSeconds(JobClass.LONG) / DRAWN.serviceSeconds()).isCloseTo(0.985, PERCENT);
        assertThat(DRAWN.taskCount() / 20_000.0).isCloseTo(42.2, within(4.0));
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

    @Test
    void aTenthOfTheSlotsGetsATenthOfTheTasks() {
        Workload small = WorkloadGenerator.YAHOO.generate(new GeneratorSettings(20_000, 400, 0.807, 1), 1);
        assertThat(small.taskCount() / 20_000.0).isBetween(3.5, 6.0);
        double span = small.lastSubmitTime();
        assertThat(span / 20_000).isCloseTo(8.87, within(0.8));
        assertThat(Arrays.stream(small.jobs().get(0).taskDurations())).allMatch(seconds -> seconds > 0);
    }
}
