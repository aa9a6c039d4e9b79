/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {

    @Test
    void aJobAddsUpItsStages() {
        Job job = job(1, 0, Stage.of(1, 2, 3), Stage.of(10));

        assertThat(job.taskCount()).isEqualTo(4);
        assertThat(job.serviceSeconds()).isEqualTo(16);
        assertThat(job.meanTaskSeconds()).isEqualTo(4);
        assertThat(job.criticalPathSeconds()).isEqualTo(13);
        assertThat(job.taskDurations()).containsExactly(1, 2, 3, 10);
    }

    @Test
    void uncontendedTimeIsBoundByWorkOrByTheLongestTaskOfEachStage() {
        Job job = job(1, 0, Stage.of(1, 2, 3), Stage.of(10));

        assertThat(job.uncontendedSeconds(1)).isEqualTo(16);
        assertThat(job.uncontendedSeconds(2)).isEqualTo(13);
        assertThat(job.uncontendedSeconds(100)).isEqualTo(job.criticalPathSeconds());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.uncontendedSeconds(0))
                .withMessage("slots: 0, expected 1 or more");
    }

    /** No schedule beats the bound: here the greedy one, longest task first. */
    @Property(tries = 500)
    void uncontendedTimeIsALowerBound(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = 0.01, max = 1000) Double> durations,
            @ForAll @IntRange(min = 1, max = 12) int slots) {
        double[] freeAt = new double[slots];
        durations.stream().sorted((a, b) -> Double.compare(b, a)).forEach(duration -> {
            Arrays.sort(freeAt);
            freeAt[0] += duration;
        });
        Stage stage =
                Stage.of(durations.stream().mapToDouble(Double::doubleValue).toArray());

        assertThat(stage.uncontendedSeconds(slots))
                .isLessThanOrEqualTo(Arrays.stream(freeAt).max().orElseThrow() + 1e-6);
    }

    @Test
    void jobsAreSortedByTimeAndKeepTheirOrderAtTheSameTime() {
        Workload workload = new Workload(
                "test", 0, List.of(job(1, 5, Stage.of(1)), job(2, 3, Stage.of(1)), job(3, 3, Stage.of(1))));

        assertThat(workload.jobs()).extracting(Job::id).containsExactly(2, 3, 1);
        assertThat(workload.lastSubmitTime()).isEqualTo(5);
        assertThat(workload.taskCount()).isEqualTo(3);
    }

    @Test
    void aJobIsLongAboveTheCutoffOnly() {
        Workload workload =
                new Workload("test", 0, List.of(job(1, 0, Stage.of(10)), job(2, 0, Stage.of(10.1)))).classifiedBy(10);

        assertThat(workload.jobs()).extracting(Job::jobClass).containsExactly(JobClass.SHORT, JobClass.LONG);
        assertThat(workload.serviceSeconds(JobClass.LONG)).isCloseTo(10.1, within(1e-9));
        assertThat(JobClass.LONG.label()).isEqualTo("long");
    }

    @Test
    void aPercentileLeavesTheRestAboveIt() {
        Workload workload = new Workload(
                        "test",
                        0,
                        IntStream.rangeClosed(1, 100)
                                .mapToObj(id -> job(id, 0, Stage.of(id)))
                                .toList())
                .classifiedByPercentile(95);

        assertThat(workload.jobs())
                .filteredOn(job -> job.jobClass() == JobClass.LONG)
                .extracting(Job::id)
                .containsExactly(96, 97, 98, 99, 100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> workload.classifiedByPercentile(0))
                .withMessageStartingWith("percentile: 0.0, expected");
    }

    @Test
    void aTraceBeginsAtZeroAndItsTimesScaleTogether() {
        Workload trace =
                new Workload("trace", 0, List.of(job(1, 100, Stage.of(4), Stage.of(2)), job(2, 130, Stage.of(8))));

        assertThat(trace.fromZero().scaledBy(0.5).jobs())
                .containsExactly(job(1, 0, Stage.of(2), Stage.of(1)), job(2, 15, Stage.of(4)));
        assertThatIllegalArgumentException().isThrownBy(() -> trace.scaledBy(0));
        assertThatIllegalArgumentException().isThrownBy(() -> trace.scaledBy(1e9));
    }

    @Test
    void theLeastDurationIsBoundByAllWorkOrByTheLastJob() {
        Workload workload = new Workload("bound", 0, List.of(job(1, 0, Stage.of(30, 30)), job(2, 10, Stage.of(4))));

        assertThat(workload.leastSeconds(1)).isEqualTo(64);
        assertThat(workload.leastSeconds(2)).isEqualTo(32);
        assertThat(workload.leastSeconds(100)).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 3.2e8})
    void absurdDurationsAreRefused(double duration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stage.of(1, duration))
                .withMessage("duration of task 2: " + duration
                        + " is no usable time, expected seconds above 0 and at most ten years");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.001, Double.POSITIVE_INFINITY, 3.2e8})
    void absurdSubmitTimesAreRefused(double time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job(7, time, Stage.of(1)))
                .withMessage("submit time of job 7: " + time
                        + " is no usable time, expected seconds at least 0 and at most ten years");
    }

    @Test
    void emptyThingsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(Stage::of).withMessageContaining("without tasks");
        assertThatIllegalArgumentException().isThrownBy(() -> job(1, 0)).withMessageContaining("no stage");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job(0, 0, Stage.of(1)))
                .withMessageContaining("job id 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Job(1, " ", 0, JobClass.SHORT, List.of(Stage.of(1))))
                .withMessageContaining("blank name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Workload("empty", 0, List.of()))
                .withMessageContaining("has no jobs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Workload("twice", 0, List.of(job(1, 0, Stage.of(1)), job(1, 1, Stage.of(1)))))
                .withMessageContaining("job id 1 occurs twice");
    }

    private static Job job(int id, double submitTime, Stage... stages) {
        return new Job(id, "job-" + id, submitTime, JobClass.SHORT, List.of(stages));
    }
}
