/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.eval.cli.WorkloadStats.Spread;
import io.kairos.eval.cli.WorkloadStats.WithinJob;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadStatsTest {
    private static final Offset<Double> EXACTLY = within(1e-9);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static Job job(int id, double submit, JobClass jobClass, Stage... stages) {
        return new Job(id, "job-" + id, submit, jobClass, List.of(stages));
    }

    private int execute(String... arguments) {
        Console console =
                new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false);
        return KairosCommand.commandLine(
                        (scheduler, settings, workload) -> {
                            throw new AssertionError("no cluster is needed");
                        },
                        console)
                .execute(arguments);
    }

    @Test
    void aSmallWorkloadIsDescribedToTheLastFigure() {
        Workload workload = new Workload(
                "small",
                0,
                List.of(
                        job(1, 10, JobClass.SHORT, Stage.of(1, 1, 3), Stage.of(3, 3, 1)),
                        job(2, 20, JobClass.LONG, Stage.of(28))));
        WorkloadStats stats = WorkloadStats.of(workload, 4);

        assertThat(stats.jobs()).isEqualTo(2);
        assertThat(stats.longJobs()).isEqualTo(1);
        assertThat(stats.tasks()).isEqualTo(7);
        assertThat(stats.serviceSeconds()).isEqualTo(40);
        assertThat(stats.arrivalSpanSeconds()).isEqualTo(10);
        assertThat(stats.longShareOfService()).isCloseTo(0.7, EXACTLY);
        // The tenth of two jobs is one.
        assertThat(stats.topTenthShareOfService()).isCloseTo(0.7, EXACTLY);
        // Two jobs 10 s apart: 40 s of work in 20 s of 4 slots.
        assertThat(stats.offeredLoad()).isCloseTo(0.5, EXACTLY);
        assertThat(stats.jobMeanTaskSeconds().p50()).isCloseTo(15, EXACTLY);
        assertThat(stats.jobMeanTaskSeconds().p90()).isCloseTo(25.4, EXACTLY);
        assertThat(stats.jobMeanTaskSeconds().variation()).isCloseTo(13 / 15.0, EXACTLY);
        assertThat(stats.tasksPerJob().mean()).isCloseTo(3.5, EXACTLY);
        assertThat(stats.jobServiceSeconds().variation()).isCloseTo(0.4, EXACTLY);
        assertThat(stats.taskSeconds().max()).isEqualTo(28);
        // Only the first job has five tasks or more: three of 1 s and three of 3 s.
        assertThat(stats.tasksWithinJob()).isEqualTo(new WithinJob(1, 0.5, 0.5, 0.5));
    }

    /** Against Commons Math, whose type 7 is the percentile meant here. */
    @RepeatedTest(20)
    void figuresAreThoseOfAnotherLibrary(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        List<Job> jobs = new ArrayList<>();
        for (int id = 1; id <= random.nextInt(1, 60); id++) {
            Stage[] stages = new Stage[random.nextInt(1, 4)];
            for (int stage = 0; stage < stages.length; stage++) {
                stages[stage] = Stage.of(
                        random.doubles(random.nextInt(1, 12), 0.1, 1_000).toArray());
            }
            jobs.add(job(id, random.nextDouble(1_000), JobClass.SHORT, stages));
        }
        Workload workload = new Workload("random", 1, jobs);
        WorkloadStats stats = WorkloadStats.of(workload);

        assertSame(
                stats.taskSeconds(),
                jobs.stream()
                        .flatMapToDouble(one -> Arrays.stream(one.taskDurations()))
                        .toArray());
        assertSame(
                stats.jobServiceSeconds(),
                jobs.stream().mapToDouble(Job::serviceSeconds).toArray());
        assertSame(
                stats.jobMeanTaskSeconds(),
                jobs.stream().mapToDouble(Job::meanTaskSeconds).toArray());
        assertSame(
                stats.tasksPerJob(), jobs.stream().mapToDouble(Job::taskCount).toArray());
        double[] variations = jobs.stream()
                .filter(one -> one.taskCount() >= 5)
                .mapToDouble(one -> variation(new DescriptiveStatistics(one.taskDurations())))
                .toArray();
        WithinJob within = stats.tasksWithinJob();
        assertThat(within == null ? 0 : within.jobs()).isEqualTo(variations.length);
        if (within != null) {
            assertThat(within.p10()).isCloseTo(percentile(variations, 10), within(1e-6));
            assertThat(within.p50()).isCloseTo(percentile(variations, 50), within(1e-6));
            assertThat(within.p90()).isCloseTo(percentile(variations, 90), within(1e-6));
        }
        assertThat(stats.offeredLoad()).isNull();
        assertThat(stats.slots()).isNull();
    }

    private static void assertSame(Spread spread, double[] values) {
        DescriptiveStatistics expected = new DescriptiveStatistics(values);
        assertThat(spread.p50()).isCloseTo(percentile(values, 50), within(1e-6));
        assertThat(spread.p90()).isCloseTo(percentile(values, 90), within(1e-6));
        assertThat(spread.p99()).isCloseTo(percentile(values, 99), within(1e-6));
        assertThat(spread.mean()).isCloseTo(expected.getMean(), within(1e-6));
        assertThat(spread.max()).isCloseTo(expected.getMax(), within(1e-6));
        assertThat(spread.variation()).isCloseTo(variation(expected), within(1e-6));
    }

    private static double percentile(double[] values, double percent) {
        return new Percentile().withEstimationType(EstimationType.R_7).evaluate(values, percent);
    }

    private static double variation(DescriptiveStatistics values) {
        return Math.sqrt(values.getPopulationVariance()) / values.getMean();
    }

    @Test
    void oneJobOffersNoLoadAndOneTaskDoesNotVary() {
        WorkloadStats stats =
                WorkloadStats.of(new Workload("one", 0, List.of(job(1, 5, JobClass.SHORT, Stage.of(2)))), 4);
        assertThat(stats.offeredLoad()).isNull();
        assertThat(stats.tasksWithinJob()).isNull();
        assertThat(stats.taskSeconds()).isEqualTo(new Spread(2, 2, 2, 2, 2, 0));
        assertThat(stats.lines()).noneMatch(line -> line.contains("load") || line.contains("within"));
    }

    @Test
    void aLargeJobAfterEachSmallOneIsAgainstTheNextAndWithTheTenth() {
        List<Job> jobs = new ArrayList<>();
        for (int id = 1; id <= 50; id++) {
            jobs.add(job(id, id, JobClass.SHORT, Stage.of(id % 2 == 0 ? 1_000 : 10)));
        }
        WorkloadStats stats = WorkloadStats.of(new Workload("turns", 0, jobs));
        assertThat(stats.serviceCorrelation()).isNotNull().satisfies(correlation -> {
            assertThat(correlation.next()).isCloseTo(-49 / 50.0, EXACTLY);
            assertThat(correlation.tenth()).isCloseTo(40 / 50.0, EXACTLY);
        });
        assertThat(stats.lines())
                .contains("correlation of log service: with the next job -0.98, with the 10th after 0.80");
    }

    @Test
    void fewJobsOrJobsThatAreAlikeHaveNoCorrelation() {
        List<Job> alike = new ArrayList<>();
        List<Job> few = new ArrayList<>();
        for (int id = 1; id <= 40; id++) {
            alike.add(job(id, id, JobClass.SHORT, Stage.of(0.1, 0.2)));
        }
        for (int id = 1; id < 20; id++) {
            few.add(job(id, id, JobClass.SHORT, Stage.of(id)));
        }
        for (List<Job> jobs : List.of(alike, few)) {
            WorkloadStats stats = WorkloadStats.of(new Workload("none", 0, jobs));
            assertThat(stats.serviceCorrelation()).isNull();
            assertThat(stats.lines()).noneMatch(line -> line.contains("correlation"));
        }
    }

    @Test
    void theLongestNamesAndNumbersKeepTo80Columns() {
        List<Job> jobs = new ArrayList<>();
        for (int id = 1; id <= 20; id++) {
            jobs.add(job(id, id * 1e7, JobClass.LONG, Stage.of(3e8, 1e8, 0.001, 2e8, 3e8, 999.999, 9_999_999.4)));
        }
        List<String> lines = WorkloadStats.of(new Workload("x".repeat(200) + ".tr", 0, jobs), 1_000_000)
                .lines();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(lines)
                .filteredOn(line -> line.matches("(task|mean|service).*\\d"))
                .hasSize(4)
                .allSatisfy(line ->
                        assertThat(line.substring(20).strip().split(" +")).hasSize(6));
    }

    @Test
    void aMillionTasksAreDescribedToo() {
        double[] durations =
                IntStream.rangeClosed(1, 10_000).mapToDouble(i -> i).toArray();
        List<Job> jobs = new ArrayList<>();
        for (int id = 1; id <= 100; id++) {
            jobs.add(job(id, id, JobClass.SHORT, Stage.of(durations)));
        }
        WorkloadStats stats = WorkloadStats.of(new Workload("large", 0, jobs), 5_000);
        assertThat(stats.tasks()).isEqualTo(1_000_000);
        assertThat(stats.taskSeconds().p50()).isCloseTo(5_000.5, within(0.5));
        assertThat(stats.topTenthShareOfService()).isCloseTo(0.1, EXACTLY);
        assertThat(Objects.requireNonNull(stats.tasksWithinJob()).p50())
                .isCloseTo(stats.taskSeconds().variation(), within(1e-6));
    }

    @Test
    void theCommandTellsTheLoadOnTheClusterAskedFor() throws IOException {
        Path trace = Files.writeString(folder.resolve("two.tr"), "0 2 10 5 15\n10 1 60 60\n");
        Path json = folder.resolve("stats.json");
        assertThat(execute(
                        "workload",
                        "stats",
                        "--trace",
                        "tr:" + trace,
                        "--nodes",
                        "4",
                        "--slots",
                        "2",
                        "--json",
                        "" + json))
                .isZero();
        assertThat(out.toString(UTF_8))
                .contains("offered load 0.500 on 8 slots")
                .contains("tasks of a job");
        JsonNode stats = new ObjectMapper().readTree(json.toFile());
        assertThat(stats.get("slots").asInt()).isEqualTo(8);
        assertThat(stats.get("offeredLoad").asDouble()).isCloseTo(0.5, EXACTLY);
        assertThat(stats.get("tasksPerJob").get("p50").asDouble()).isEqualTo(1.5);
        assertThat(stats.get("taskSeconds").get("variation").asDouble()).isPositive();
        assertThat(stats.get("jobMeanTaskSeconds").get("max").asDouble()).isEqualTo(60);
        assertThat(stats.has("tasksWithinJob")).isFalse();
    }

    @Test
    void aGeneratedWorkloadIsForTheClusterAskedFor() {
        assertThat(execute(
                        "workload",
                        "stats",
                        "--workload",
                        "yahoo",
                        "--jobs",
                        "500",
                        "--load",
                        "0.8",
                        "--nodes",
                        "4",
                        "--slots",
                        "100"))
                .isZero();
        assertThat(out.toString(UTF_8))
                .contains("yahoo: 500 jobs")
                .containsPattern("offered load 0\\.(79|80).* on 400 slots");
    }

    @Test
    void aClusterThatCannotBeIsRefused() {
        assertThat(execute("workload", "stats", "--nodes", "0")).isEqualTo(2);
        assertThat(execute("workload", "stats", "--nodes", "2000", "--slots", "1000"))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "kairos workload stats: --nodes 0: expected a whole number from 1 to 1000000",
                        "kairos workload stats: --nodes 2000 with --slots 1000: slots: 2000000, expected 1 to 1000000");
    }
}
