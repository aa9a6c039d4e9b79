/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkReaderTest {

    private static final String LOG = "application_1700000000000_0007";

    private final Path folder;
    private final List<String> remarks = new ArrayList<>();

    SparkReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void anApplicationIsAJobAndItsStagesRunInTheOrderOfTheirFirstLaunch() throws IOException {
        Job job = TraceFiles.only(read(TraceFiles.copy(LOG, folder)));

        assertThat(job.name()).isEqualTo("application_1700000000000_0007");
        assertThat(job.submitTime()).isZero();
        assertThat(TraceFiles.durations(job)).containsExactly(List.of(3.5, 4.0), List.of(0.001, 3.0));
        assertThat(remarks).isEmpty();
    }

    @Test
    void logsBeforeSpark33NumberTheTasksOfEachAttemptOfAStage() throws IOException {
        Path log = write(
                "old",
                started(1000),
                task(0, 0, "\"Index\":0,", 2000, 3000),
                task(0, 0, "\"Index\":0,", 2000, 9000),
                task(0, 1, "\"Index\":0,\"Partition ID\":-1,", 4000, 6000));

        assertThat(TraceFiles.durations(TraceFiles.only(read(log)))).containsExactly(List.of(1.0, 2.0));
    }

    @Test
    void aFolderHoldsOneJobALogAndTheFirstIsSubmittedAtZero() throws IOException {
        write("b", started(61_500), task(0, 0, "\"Index\":0,", 62_000, 63_000));
        Path nested = Files.createDirectories(folder.resolve("a/day"));
        Files.write(
                nested.resolve("log.gz"),
                TraceFiles.gzipped((started(1500) + "\n" + task(0, 0, "\"Index\":0,", 2000, 6000)).getBytes(UTF_8)));
        write("idle", started(100), task(0, 0, "\"Index\":0,", 2000, 3000).replace("Success", "TaskKilled"));
        write("late.inprogress", started(70_000), task(0, 0, "\"Index\":0,", 72_000, 73_000), "{\"Ev");
        write("_SUCCESS", "");
        write(".b.crc", "\0\0");

        Workload workload = read(folder);

        assertThat(workload.jobs()).extracting(Job::name).containsExactly("log.gz", "b");
        assertThat(workload.jobs()).extracting(Job::submitTime).containsExactly(0.0, 60.0);
        assertThat(remarks)
                .containsExactly(
                        folder + ": left out 1 log of an application that still runs",
                        folder + ": left out 1 job without a successful task");
    }

    @Test
    void aLogInSeveralFilesIsOneApplication() throws IOException {
        Path log = Files.createDirectories(folder.resolve("eventlog_v2_app-1"));
        write("eventlog_v2_app-1/events_10_app-1", task(1, 0, "\"Index\":0,", 8000, 9500));
        Files.write(
                log.resolve("events_2_app-1.zstd"),
                TraceFiles.withZstandard(task(0, 0, "\"Index\":0,", 2000, 3000).getBytes(UTF_8)));
        write("eventlog_v2_app-1/events_1_app-1", started(1000));
        write("eventlog_v2_app-1/appstatus_app-1", "");

        assertThat(TraceFiles.durations(TraceFiles.only(read(folder)))).containsExactly(List.of(1.0), List.of(1.5));
        assertThat(read(log).jobs()).isEqualTo(read(folder).jobs());
    }

    @Test
    void compactedLogsAndThoseThatStillGrowAreLeftOut() throws IOException {
        Files.createDirectories(folder.resolve("eventlog_v2_app-1"));
        Files.createDirectories(folder.resolve("eventlog_v2_app-2"));
        write("eventlog_v2_app-1/events_3_app-1.compact", started(1000));
        write("eventlog_v2_app-2/events_1_app-2", started(1000), task(0, 0, "\"Index\":0,", 2000, 3000));
        write("eventlog_v2_app-2/appstatus_app-2.inprogress", "");
        write("whole", started(1000), task(0, 0, "\"Index\":0,", 2000, 3000));

        assertThat(TraceFiles.only(read(folder)).name()).isEqualTo("whole");
        assertThat(remarks)
                .containsExactly(
                        folder + ": left out 1 log of an application that still runs",
                        folder + ": left out 1 log compacted by Spark");
        refused(folder.resolve("eventlog_v2_app-1"), ": compacted by Spark, which drops the tasks of jobs that ended");
    }

    @Test
    void anEventOfAnyLengthIsPassedOver() throws IOException {
        Path log = write(
                "long",
                started(1000),
                "{\"Event\":\"SparkListenerSQLExecutionStart\",\"physicalPlanDescription\":\""
                        + "plan ".repeat(5_000_000) + "\"}",
                task(0, 0, "\"Index\":0,", 2000, 3000));

        assertThat(read(log).taskCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"Index\":0,                    | 5000 | 4000          | a task that ends 1000 ms before it starts",
                "\"Index\":0,                    | -1   | 4000          | '-1' as 'Launch Time'",
                "\"Index\":0,                    | 0    | 9999999999999 | a task of 9.999999999999E9 s",
                "\"Index\":0,                    | 0    | 99999999999999999999 | '99999999999999999999' as 'Finish Time'",
                "\"Index\":0,                    | 0    | 1e3           | '1e3' as 'Finish Time'",
                "\"Index\":0,                    | 0    | null          | no 'Finish Time'",
                "                                | 0    | 4000          | no 'Index'",
                "\"Index\":2000000000,           | 0    | 4000          | '2000000000' as 'Index'",
                "\"Index\":-1,                   | 0    | 4000          | '-1' as 'Index'",
                "\"Index\":0,\"Partition ID\":x, | 0    | 4000          | no JSON, or a line that is cut off",
            })
    void badEventsAreNamedWithTheirLine(String index, String launch, String finish, String found) throws IOException {
        String bad = task(0, 0, index == null ? "" : index, 2000, 3000)
                .replace(":2000,", ":" + launch + ",")
                .replace(":3000}", ":" + finish + "}");
        Path log = write("bad", started(1000), task(0, 0, "\"Index\":7,", 2000, 3000), "", bad);

        refused(log, ":4: found " + found);
    }

    @Test
    void whatIsNoLogIsRefused() throws IOException {
        refused(write("cut", started(1000), "{\"Event\":\"SparkLis"), ":2: found no JSON, or a line that is cut off");
        refused(write("list", "[1, 2]"), ":1: found '[', expected an event as one JSON object a line");
        refused(write("other", "{\"a\": 1}"), ":1: found no 'Event', expected an event of Spark");
        refused(write("twice", started(1000), started(2000)), ":2: found the start of a second application");
        refused(write("idle", started(1000)), ": no job with a successful task in it, expected at least one");
        refused(
                write("nothing", task(0, 0, "\"Index\":0,", 2000, 3000)),
                ": no SparkListenerApplicationStart in it, expected a Spark event log");
        refused(
                Files.createDirectories(folder.resolve("empty")),
                ": no files in it, expected at least one Spark event log");
    }

    @Test
    void jobsOfDifferentTimesAreNoWorkload() throws IOException {
        write("a", started(0), task(0, 0, "\"Index\":0,", 2000, 3000));
        Path late = write("b", started(400_000_000_000L), task(0, 0, "\"Index\":0,", 2000, 3000));

        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(folder))
                .withMessage(late + ": submitted more than ten years after the first job, expected jobs of one time");
    }

    private static String started(long millis) {
        return "{\"Event\":\"SparkListenerApplicationStart\",\"App Name\":\"a b\",\"Timestamp\":" + millis + "}";
    }

    private static String task(int stage, int attempt, String index, long launch, long finish) {
        return "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":" + stage + ",\"Stage Attempt ID\":" + attempt
                + ",\"Task End Reason\":{\"Reason\":\"Success\"},\"Task Info\":{" + index + "\"Launch Time\":" + launch
                + ",\"Finish Time\":" + finish + "}}";
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private Workload read(Path path) throws IOException {
        remarks.clear();
        return TraceFormat.SPARK.read(path, remarks::add);
    }

    private void refused(Path path, String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(path))
                .withMessageStartingWith(path + message);
    }
}
