/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.kairos.workloads.generator.GeneratorSettings;
import io.kairos.workloads.generator.WorkloadGenerator;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrReaderTest {

    private final Path folder;

    TrReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void eachLineIsAJobOfOneStage() throws IOException {
        Workload workload = read("0 2 1.5 1 2\n3.25\t1  7e-1   .7  \n");

        assertThat(workload.name()).isEqualTo("jobs.tr");
        assertThat(workload.jobs()).extracting(Job::submitTime).containsExactly(0.0, 3.25);
        assertThat(workload.jobs().get(0).stages()).containsExactly(Stage.of(1, 2));
        assertThat(workload.jobs().get(1).stages()).containsExactly(Stage.of(0.7));
    }

    @Test
    void jobsAreSortedByTimeAndNumberedByLine() throws IOException {
        assertThat(read("5 1 1 1\n2 1 1 1\n").jobs()).extracting(Job::id).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 1 1 1\r\n1 1 1 1\r\n",
                "\uFEFF0 1 1 1\n1 1 1 1",
                "\n \n0 1 1 1\n\n1 1 1 1\n\t\n",
                "0 1 1 1\r1 1 1 1"
            })
    void lineEndsMarksAndBlankLinesDoNotMatter(String text) throws IOException {
        assertThat(read(text).jobs()).extracting(Job::submitTime).containsExactly(0.0, 1.0);
    }

    @Test
    void theFivePercentWithTheLongestTasksAreLong() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int job = 1; job <= 20; job++) {
            text.append("0 1 ").append(job).append(' ').append(job).append('\n');
        }

        assertThat(read(text.toString()).jobs())
                .filteredOn(job -> job.jobClass() == JobClass.LONG)
                .extracting(Job::id)
                .containsExactly(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "x 1 1 1        | 'x'                 | the submit time as a number of seconds, at least 0",
                "-1 1 1 1       | '-1'                | the submit time as a number of seconds, at least 0",
                "NaN 1 1 1      | 'NaN'               | the submit time",
                "0 0 1          | '0'                 | the number of tasks, 1 to 10000000",
                "0 -3 1         | '-3'                | the number of tasks",
                "0 1.5 1 1      | '1.5'               | the number of tasks",
                "0 99999999999 1| '99999999999'       | the number of tasks",
                "0              | the end of the line | the number of tasks",
                "0 1            | the end of the line | the mean task duration as a number of seconds, above 0",
                "0 1 0 1        | '0'                 | the mean task duration",
                "0 2 1 1        | the end of the line | the duration of task 2 of 2 as a number of seconds, above 0",
                "0 2 1 1 NaN    | 'NaN'               | the duration of task 2 of 2",
                "0 2 1 1 -1     | '-1'                | the duration of task 2 of 2",
                "0 2 1 1 0      | '0'                 | the duration of task 2 of 2",
                "0 1 1 Infinity | 'Infinity'          | the duration of task 1 of 1",
                "0 1 1 1e999    | '1e999'             | at most ten years",
                "0 1 1 400000000| '400000000'         | at most ten years",
                "0 1 1 1d       | '1d'                | the duration of task 1 of 1",
                "0 1 1 0x1p3    | '0x1p3'             | the duration of task 1 of 1",
                "0 1 1 1 2      | '2'                 | the end of the line after 1 task durations",
                "# a comment    | '#'                 | the submit time",
            })
    void malformedLinesAreNamed(String line, String found, String expected) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read("0 1 1 1\n\n" + line + "\n0 1 1 1\n"))
                .withMessageStartingWith(folder.resolve("jobs.tr") + ":3: found " + found + ", expected ")
                .withMessageContaining(expected)
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("\n"));
    }

    @Test
    void whatIsNoTextIsAnErrorOfOneShortLine() throws IOException {
        byte[] bytes = new byte[100_000];
        Path file = folder.resolve("jobs.tr");
        Files.write(file, bytes);

        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceFormat.TR.read(file))
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", " \r\n", "\uFEFF"})
    void anEmptyFileIsRefused(String text) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(text))
                .withMessageEndingWith("jobs.tr: no jobs in it, expected at least one line");
    }

    @Test
    void filesThatCannotBeReadAreRefused() {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceFormat.TR.read(folder.resolve("nowhere.tr")))
                .withMessageEndingWith("nowhere.tr: no such file, expected a .tr trace");
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceFormat.TR.read(folder))
                .withMessageEndingWith(": not a file, expected a .tr trace");
    }

    @Test
    void anArgumentNamesFormatAndPath() {
        assertThat(TraceFormat.parse("tr:some/jobs.tr"))
                .isEqualTo(new TraceSource(TraceFormat.TR, Path.of("some/jobs.tr")));
        assertThat(TraceFormat.parse("tr:C:jobs").path()).isEqualTo(Path.of("C:jobs"));
        Stream.of("", "tr", "tr:", ":x", "xls:jobs.xls", "jobs.tr", "tr:\0")
                .forEach(argument -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> TraceFormat.parse(argument))
                        .withMessageEndingWith(
                                ": expected FORMAT:PATH, FORMAT being one of tr, csv, swim, opendc, spark, jhist"));
    }

    @Test
    void whatIsWrittenIsReadTheSame() throws IOException {
        Workload drawn = WorkloadGenerator.PARETO.generate(GeneratorSettings.PAPER.withJobs(50), 4);
        Workload written = new Workload(
                "jobs.tr",
                0,
                drawn.jobs().stream()
                        .map(job -> new Job(
                                job.id(),
                                "job-" + job.id(),
                                job.submitTime(),
                                JobClass.SHORT,
                                List.of(Stage.of(job.taskDurations()))))
                        .toList());
        Path file = folder.resolve("jobs.tr");

        TrWriter.write(written, file);

        Workload read = TraceFormat.parse("tr:" + file).read();
        assertThat(read).isEqualTo(written.classifiedByPercentile(95));
        assertThat(read.serviceSeconds()).isCloseTo(drawn.serviceSeconds(), within(1e-6));
    }

    @Test
    void theStagesOfAJobAreJoined() throws IOException {
        Job job = new Job(1, "job-1", 2.5, JobClass.SHORT, List.of(Stage.of(1, 2), Stage.of(6)));
        Path file = folder.resolve("jobs.tr");

        TrWriter.write(new Workload("two stages", 0, List.of(job)), file);

        assertThat(file).hasContent("2.5 3 3.0 1.0 2.0 6.0");
    }

    private Workload read(String text) throws IOException {
        Path file = folder.resolve("jobs.tr");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return TraceFormat.TR.read(file);
    }
}
