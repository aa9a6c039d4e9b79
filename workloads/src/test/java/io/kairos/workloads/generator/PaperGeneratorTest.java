/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.Multiset;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class PaperGeneratorTest {

    private static final Workload PAPER = WorkloadGenerator.PAPER.generate(GeneratorSettings.PAPER, 1);

    @Test
    void theClassMixIsThePublishedOne() {
        assertThat(PAPER.jobs()).hasSize(100);
        assertThat(count("small0")).isEqualTo(31);
        assertThat(count("small")).isEqualTo(31);
        assertThat(count("medium")).isEqualTo(33);
        assertThat(places("long")).containsExactly(25, 53, 73);
        assertThat(places("medium-long")).containsExactly(40, 92);
        assertThat(PAPER.jobs())
                .filteredOn(job -> job.jobClass() == JobClass.LONG)
                .extracting(Job::id)
                .containsExactly(25, 40, 53, 73, 92);
    }

    @Test
    void thereAreAsManyMapsAndReducersAsPublished() {
        assertThat(tasksOfStage(0)).isEqualTo(2324);
        assertThat(tasksOfStage(1)).isEqualTo(2220);
        assertThat(PAPER.jobs()).allSatisfy(job -> assertThat(job.stages()).hasSize(2));
    }

    @Test
    void interArrivalTimesLookAsPublished() {
        double[] gaps = LongStream.rangeClosed(1, 20)
                .mapToObj(seed -> WorkloadGenerator.PAPER.generate(GeneratorSettings.PAPER, seed))
                .flatMapToDouble(workload -> IntStream.range(1, 100)
                        .mapToDouble(index -> workload.jobs().get(index).submitTime()
                                - workload.jobs().get(index - 1).submitTime()))
                .toArray();

        // Published of one draw: mean 59.4, variance 55.
        assertThat(StatUtils.mean(gaps)).isCloseTo(60, within(1.0));
        assertThat(StatUtils.variance(gaps)).isCloseTo(60, within(8.0));
        assertThat(Arrays.stream(gaps).boxed())
                .allSatisfy(gap -> assertThat(gap).isEqualTo(Math.rint(gap)));
    }

    @Test
    void theFivePercentLongJobsHoldMostOfTheWork() {
        for (int slots : new int[] {8, 16, 120}) {
            for (int seed = 1; seed <= 10; seed++) {
                Workload workload = WorkloadGenerator.PAPER.generate(GeneratorSettings.PAPER.withSlots(slots), seed);
                assertThat(workload.serviceSeconds(JobClass.LONG) / workload.serviceSeconds())
                        .isBetween(0.60, 0.75);
            }
        }
    }

    @Test
    void tasksOfAJobVaryByAThird() {
        double[] relative = PAPER.jobs().stream()
                .flatMapToDouble(job -> Arrays.stream(job.taskDurations()).map(d -> d / job.meanTaskSeconds()))
                .toArray();

        assertThat(Math.sqrt(StatUtils.variance(relative))).isCloseTo(0.3, within(0.02));
    }

    @Test
    void aSmallClusterGetsFewerTasksButAtLeastOne() {
        Workload small = WorkloadGenerator.PAPER.generate(GeneratorSettings.PAPER.withSlots(8), 1);
        Workload tiny = WorkloadGenerator.PAPER.generate(GeneratorSettings.PAPER.withSlots(1), 1);

        assertThat(small.jobs().get(24).stages()).extracting(Stage::taskCount).containsExactly(4, 4);
        assertThat(tiny.jobs()).allSatisfy(job -> assertThat(job.stages())
                .allSatisfy(stage -> assertThat(stage.taskCount()).isPositive()));
    }

    @Property(tries = 300)
    void theMixKeepsItsProportionsAndSpreadsTheLongJobs(@ForAll @IntRange(min = 1, max = 3000) int jobs) {
        Multiset<PaperClass> counts = PaperClassMix.counts(jobs);
        List<PaperClass> sequence = PaperClassMix.sequence(jobs, new Well19937c(jobs));

        assertThat(sequence).hasSize(jobs);
        for (PaperClass jobClass : PaperClass.values()) {
            assertThat(counts.count(jobClass))
                    .isCloseTo(Math.toIntExact(Math.round(jobs * jobClass.percent() / 100.0)), within(1));
            assertThat(sequence.stream().filter(jobClass::equals).count()).isEqualTo(counts.count(jobClass));
        }
        int[] longPlaces = IntStream.range(0, jobs)
                .filter(index -> sequence.get(index).jobClass() == JobClass.LONG)
                .toArray();
        for (int index = 1; index < longPlaces.length && jobs != 100; index++) {
            assertThat((double) longPlaces[index] - longPlaces[index - 1])
                    .isCloseTo((double) jobs / longPlaces.length, within(1.0));
        }
    }

    private static long tasksOfStage(int stage) {
        return PAPER.jobs().stream()
                .mapToLong(job -> job.stages().get(stage).taskCount())
                .sum();
    }

    private static int count(String label) {
        return places(label).size();
    }

    private static List<Integer> places(String label) {
        return PAPER.jobs().stream()
                .filter(job -> job.name().equals(label + "-" + job.id()))
                .map(Job::id)
                .toList();
    }
}
