/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpendcReaderTest {

    private static final String COLUMNS =
            "optional int32 id; optional int64 submission_time; optional int32 duration; optional int32 cpu_count;"
                    + " optional double cpu_capacity;";

    private final Path file;

    OpendcReaderTest(@TempDir Path folder) {
        this.file = folder.resolve("tasks.parquet");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
    void eachRowIsAJobWithTasksForItsCpus(CompressionCodecName codec) throws IOException {
        write(codec, COLUMNS, row(1_600_000_060_000L, 90_500, 1), row(1_600_000_000_000L, 250, 3));

        Workload workload = TraceFormat.OPENDC.read(file);

        assertThat(workload.jobs()).extracting(Job::id).containsExactly(2, 1);
        assertThat(workload.jobs()).extracting(Job::submitTime).containsExactly(0.0, 60.0);
        assertThat(workload.jobs().get(0).stages()).containsExactly(Stage.of(0.25, 0.25, 0.25));
        assertThat(workload.jobs().get(1).stages()).containsExactly(Stage.of(90.5));
    }

    @Test
    void manyRowsComeInSeveralGroups() throws IOException {
        int rows = 50_000;
        try (ParquetWriter<Group> writer = writer(CompressionCodecName.SNAPPY, COLUMNS, 10_000)) {
            for (int row = 0; row < rows; row++) {
                Group group = new SimpleGroupFactory(schema(COLUMNS)).newGroup();
                row(1000L * row, 1000 + row % 777, 1 + row % 3).accept(group);
                writer.write(group);
            }
        }

        Workload workload = TraceFormat.OPENDC.read(file);

        assertThat(workload.jobs()).hasSize(rows);
        for (Job job : workload.jobs()) {
            int row = job.id() - 1;
            assertThat(job.submitTime()).isEqualTo(row);
            assertThat(job.taskCount()).isEqualTo(1 + row % 3);
            assertThat(job.meanTaskSeconds()).isEqualTo((1000 + row % 777) / 1000.0, within(1e-9));
        }
    }

    @Test
    void withoutCpusARowIsOneTaskAndUnitsAreKept() throws IOException {
        write(
                CompressionCodecName.UNCOMPRESSED,
                "required int64 submission_time (TIMESTAMP(MICROS,true)); required double duration;",
                group -> group.append("submission_time", 5_000_000L).append("duration", 1500.5),
                group -> group.append("submission_time", 7_500_000L).append("duration", 1.0));

        Workload workload = TraceFormat.OPENDC.read(file);

        assertThat(workload.jobs()).extracting(Job::submitTime).containsExactly(0.0, 2.5);
        assertThat(workload.jobs()).extracting(Job::serviceSeconds).containsExactly(1.5005, 0.001);
    }

    @Test
    void aSlotIsAsManyCpusAsEveryJobTakesAMultipleOf() throws IOException {
        write(CompressionCodecName.SNAPPY, COLUMNS, row(0, 1000, 16), row(0, 1000, 48), row(0, 1000, 40));
        List<String> remarks = new ArrayList<>();

        Workload workload = TraceFormat.OPENDC.read(file, remarks::add);

        assertThat(workload.jobs()).extracting(Job::taskCount).containsExactly(2, 6, 5);
        assertThat(remarks).containsExactly(file + ": a slot is 8 CPUs, as every job takes a multiple of that");
    }

    @Test
    void aShareOfACpuCountsAsOne() throws IOException {
        write(
                CompressionCodecName.UNCOMPRESSED,
                "required int64 submission_time; required int64 duration; required float cpu_count;",
                group -> group.append("submission_time", 0L)
                        .append("duration", 1000L)
                        .append("cpu_count", 1.5f),
                group -> group.append("submission_time", 0L)
                        .append("duration", 1000L)
                        .append("cpu_count", 0.5f));

        assertThat(TraceFormat.OPENDC.read(file).jobs())
                .extracting(Job::taskCount)
                .containsExactly(2, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 'found 0.0 s as duration, expected the duration as a number of seconds, above 0'",
        "-5, 1, 'found -0.005 s as duration'",
        "1000, 0, 'found 0.0 as cpu_count, expected a number of CPUs, above 0 and at most 100000'",
        "1000, 2000000000, 'found 2.0E9 as cpu_count'",
    })
    void badRowsAreNamed(int duration, int cpus, String message) throws IOException {
        write(CompressionCodecName.SNAPPY, COLUMNS, row(0, 1000, 1), row(0, duration, cpus));

        refused("row 2: " + message);
    }

    @Test
    void aRowWithoutAValueIsRefused() throws IOException {
        write(CompressionCodecName.SNAPPY, COLUMNS, row(0, 1000, 1), group -> group.append("submission_time", 5L));

        refused("row 2: found nothing as duration, expected a number");
    }

    @Test
    void rowsOfDifferentTimesAreNoWorkload() throws IOException {
        write(CompressionCodecName.SNAPPY, COLUMNS, row(0, 1000, 1), row(Long.MAX_VALUE, 1000, 1));

        refused("row 2: found a job submitted 9.2");
    }

    @Test
    void theColumnsMustBeThere() throws IOException {
        write(
                CompressionCodecName.SNAPPY,
                "required int64 submission_time;",
                group -> group.append("submission_time", 5L));
        refused("found no column duration, expected the file of tasks of an OpenDC workload, with submission_time and");

        write(
                CompressionCodecName.SNAPPY,
                "required int64 submission_time; required binary duration (STRING);",
                group -> group.append("submission_time", 5L).append("duration", "long"));
        refused("found the column required binary duration (STRING), expected one of numbers");
    }

    @Test
    void aFileWithoutRowsIsNoTrace() throws IOException {
        write(CompressionCodecName.SNAPPY, COLUMNS);

        refused("no jobs in it");
    }

    @Test
    void aFileThatIsCutOffOrDamagedIsOneLine() throws IOException {
        write(CompressionCodecName.SNAPPY, COLUMNS, row(0, 1000, 1), row(5, 1000, 2));
        byte[] whole = Files.readAllBytes(file);

        for (int length = 4; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused("no Parquet file that can be read, expected a whole one from OpenDC");
        }
        Files.writeString(file, "id,submission_time\n");
        refused("no Parquet file, expected the file of tasks of an OpenDC workload");
    }

    private static Consumer<Group> row(long submissionTime, int duration, int cpus) {
        return group -> group.append("id", 7)
                .append("submission_time", submissionTime)
                .append("duration", duration)
                .append("cpu_count", cpus)
                .append("cpu_capacity", 2100.0);
    }

    @SafeVarargs
    private void write(CompressionCodecName codec, String columns, Consumer<Group>... rows) throws IOException {
        Files.deleteIfExists(file);
        try (ParquetWriter<Group> writer = writer(codec, columns, ParquetWriter.DEFAULT_BLOCK_SIZE)) {
            for (Consumer<Group> row : rows) {
                Group group = new SimpleGroupFactory(schema(columns)).newGroup();
                row.accept(group);
                writer.write(group);
            }
        }
    }

    private ParquetWriter<Group> writer(CompressionCodecName codec, String columns, long groupBytes)
            throws IOException {
        return ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(schema(columns))
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(codec)
                .withRowGroupSize(groupBytes)
                .build();
    }

    private static MessageType schema(String columns) {
        return MessageTypeParser.parseMessageType("message task { " + columns + " }");
    }

    private void refused(String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceFormat.OPENDC.read(file))
                .withMessageStartingWith(file + ": " + message)
                .satisfies(error -> assertThat(error.getMessage()).hasLineCount(1));
    }
}
