/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkJobTest {

    private static final String COUNTERS = "counters stages=[1-9]\\d* tasks=[1-9]\\d* failedTasks=0 executorsRemoved=0"
            + " executorsLost=0 executorsIdle=0 resubmittedStages=0 speculativeTasks=0 fetchFailures=0 cpuSeconds=\\d+\\.\\d{3} seconds=\\d+\\.\\d{3}";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pi --slices 5 --samples 20000",
                "sort --records 5000",
                "sort --records 3 --bytes 0",
                "aggregate --records 10007 --keys 13 --reducers 3",
                "aggregate --records 20 --keys 50",
                "iterate --vertices 500 --degree 3 --iterations 3",
                "broadcast --records 20000 --entries 500",
                "sql Q3.1 --scale 0.001",
            })
    void theResultDoesNotDependOnPartitions(String command) {
        String name = command.substring(0, command.indexOf(' '));
        List<String> lines = run(command + " --partitions 1");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("result " + name + " [0-9a-f]+");
        assertThat(lines.get(1)).matches(COUNTERS);
        assertThat(run(command + " --partitions 3").get(0)).isEqualTo(lines.get(0));
        assertThat(run(command + " --partitions 7").get(0)).isEqualTo(lines.get(0));
        assertThat(run(command + " --seed 2").get(0))
                .as("with another seed")
                .startsWith("result " + name)
                .isNotEqualTo(lines.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pi --slices 5 --samples 20000",
                "sort --records 5000",
                "sort --records 5000 --bytes 0",
                "aggregate --records 10007 --keys 13",
                "iterate --vertices 500 --iterations 2",
                "broadcast --records 20000 --entries 500",
                "sql all --scale 0.001",
            })
    void spoiltDataAreNoticed(String command) {
        JobFailureException failure = failure(command + " --corrupt true");
        assertThat(failure.status()).isEqualTo(1);
        assertThat(failure).hasMessageMatching(command.substring(0, command.indexOf(' ')) + ": expected .+, got .+");
        assertThat(lines()).singleElement().asString().matches(COUNTERS);
    }

    @Test
    void everyRoundWorksAndEachAddsToTheResult() {
        List<String> once = run("pi --slices 2 --samples 1000");
        List<String> twice = run("pi --slices 2 --samples 1000 --rounds 2");
        assertThat(tasks(twice)).isEqualTo(2 * tasks(once));
        assertThat(value(twice)).isGreaterThan(value(once)).isNotEqualTo(2 * value(once));
    }

    @Test
    void aJobThatSparkGivesUpIsOneLine() {
        Sessions without = new Sessions() {
            @Override
            public SparkSession open(String job) {
                throw new IllegalStateException("no cluster\nand more");
            }

            @Override
            public void close(SparkSession session) {
                throw new AssertionError("none was opened");
            }
        };
        JobFailureException failure = catchThrowableOfType(
                JobFailureException.class, () -> new SparkJob(without, new PrintStream(printed)).run("pi"));
        assertThat(failure.status()).isEqualTo(1);
        assertThat(failure).hasMessage("pi: failed: IllegalStateException: no cluster");
        assertThat(lines()).isEmpty();
    }

    @Test
    void helpNamesEveryJobAndOption() {
        assertThat(run("--help")).anyMatch(line -> line.startsWith("sql ")).anyMatch(line -> line.contains("--scale"));
    }

    private List<String> run(String command) {
        printed.reset();
        new SparkJob(new LocalSpark(), new PrintStream(printed, true, StandardCharsets.UTF_8)).run(command.split(" "));
        return lines();
    }

    private JobFailureException failure(String command) {
        return catchThrowableOfType(JobFailureException.class, () -> run(command));
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static long value(List<String> lines) {
        return Long.parseLong(lines.get(0).substring("result pi ".length()));
    }

    private static long tasks(List<String> lines) {
        return Stream.of(lines.get(1).split(" "))
                .filter(word -> word.startsWith("tasks="))
                .mapToLong(word -> Long.parseLong(word.substring("tasks=".length())))
                .findFirst()
                .orElseThrow();
    }
}
