/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.workloads.mix.Framework;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobReportTest {
    @Test
    void aSparkJobTellsItsResultAndWhatItMet() {
        JobReport report = JobReport.of(
                Framework.SPARK,
                List.of(
                        "26/11/30 12:36:36 INFO SparkContext: result of something else",
                        "result pi 188498193",
                        "counters stages=1 tasks=8 failedTasks=2 executorsRemoved=3 executorsLost=1 executorsIdle=2"
                                + " resubmittedStages=4 speculativeTasks=5 fetchFailures=6 cpuSeconds=1.500 seconds=7.735"));
        assertThat(report).isEqualTo(new JobReport("pi 188498193", 8, 2, 1, 4, 6, 5));
    }

    @Test
    void anotherSparkJobTellsNothing() {
        assertThat(JobReport.of(Framework.SPARK, List.of("Pi is roughly 3.14")))
                .isEqualTo(new JobReport(null, null, null, null, null, null, null));
    }

    @Test
    void aMapReduceJobTellsItsAttemptsAndItsEstimate() {
        JobReport report = JobReport.of(
                Framework.MAPREDUCE,
                List.of(
                        "\tJob Counters ",
                        "\t\tFailed map tasks=1",
                        "\t\tKilled reduce tasks=2",
                        "\t\tLaunched map tasks=25",
                        "\t\tLaunched reduce tasks=3",
                        "\t\tTotal time spent by all map tasks (ms)=81",
                        "Estimated value of Pi is 3.14800000000000000000"));
        assertThat(report).isEqualTo(new JobReport("3.14800000000000000000", 25, 1, 2, null, null, null));
    }

    @Test
    void aMapReduceJobThatDidNotEndTellsNothing() {
        assertThat(JobReport.of(Framework.MAPREDUCE, List.of("Starting Job")).tasks())
                .isNull();
    }
}
