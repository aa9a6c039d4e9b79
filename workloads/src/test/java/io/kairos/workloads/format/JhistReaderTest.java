/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.mapreduce.jobhistory.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JhistReaderTest {

    private static final String HISTORY = "job_1700000000000_0001.jhist";

    private final Path folder;
    private final List<String> remarks = new ArrayList<>();

    JhistReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void mapsAreTheFirstStageAndReducesTheSecond() throws IOException {
        Job job = TraceFiles.only(read(TraceFiles.copy(HISTORY, folder)));

        assertThat(job.name()).isEqualTo("job_1700000000000_0001");
        // The second reduce that ended started before the last map had ended, 12 s in.
        assertThat(TraceFiles.durations(job)).containsExactly(List.of(4.0, 5.0), List.of(1.0, 3.5));
        assertThat(remarks).isEmpty();
    }

    @Test
    void theBinaryEncodingTellsTheSame() throws IOException {
        Path json = TraceFiles.copy(HISTORY, folder);
        Path binary = Files.write(folder.resolve("binary.jhist"), inBinary(TraceFiles.text(HISTORY)));

        assertThat(read(binary).jobs()).isEqualTo(read(json).jobs());
        Files.write(binary, TraceFiles.gzipped(inBinary(TraceFiles.text(HISTORY))));
        assertThat(read(binary).jobs()).isEqualTo(read(json).jobs());
    }

    @Test
    void aBinaryHistoryThatIsCutOffIsRefused() throws IOException {
        byte[] whole = inBinary(TraceFiles.text(HISTORY));
        Path file = Files.write(folder.resolve("cut.jhist"), Arrays.copyOf(whole, whole.length - 3));
        refused(file, ": event 26: found the end of the file, expected the rest of the event");

        byte[] packed = TraceFiles.gzipped(whole);
        Files.write(file, Arrays.copyOf(packed, packed.length - 6));
        refused(file, ": event 1: found gzip data that is cut off or damaged, expected a whole file");

        Files.write(file, "Avro-Binary\n{\"type\":\n".getBytes(UTF_8));
        refused(file, ":2: found no schema, expected the schema of events in JSON");
    }

    @Test
    void aFolderIsSearchedForHistories() throws IOException {
        Path day = Files.createDirectories(folder.resolve("2023/11/14/000000"));
        String text = TraceFiles.text(HISTORY);
        Files.writeString(
                day.resolve("job_2.jhist"), text.replace("_0001", "_0002").replace("1700000001000", "1700000011250"));
        Files.write(day.resolve("job_3.jhist.gz"), TraceFiles.gzipped(text.getBytes(UTF_8)));
        Files.writeString(day.resolve("job_2_conf.xml"), "<configuration/>");
        write("idle.jhist", SUBMITTED);
        write("failed.jhist", SUBMITTED, map("STARTED", "startTime", 2000), map("FAILED", "finishTime", 3000));

        Workload workload = read(folder);

        assertThat(workload.jobs())
                .extracting(Job::name)
                .containsExactly("job_1700000000000_0001", "job_1700000000000_0002");
        assertThat(workload.jobs()).extracting(Job::submitTime).containsExactly(0.0, 10.25);
        assertThat(remarks).containsExactly(folder + ": left out 2 jobs without a successful task");
    }

    @Test
    void aMapOnlyJobHasOneStage() throws IOException {
        Path file =
                write("maps.jhist", SUBMITTED, map("STARTED", "startTime", 2000), map("FINISHED", "finishTime", 2750));

        assertThat(TraceFiles.durations(TraceFiles.only(read(file)))).containsExactly(List.of(0.75));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"finishTime\":3000 | \"finishTime\":1999 | a task that ends 1 ms before it starts, expected a later end",
                "\"finishTime\":3000 | \"finishTime\":-5   | '-5' as 'finishTime', expected a whole number",
                "\"finishTime\":3000 | \"finishTime\":NaN  | no JSON, or a line that is cut off",
                "\"finishTime\":3000 | \"finish\":1        | no 'finishTime', expected an event with one",
                "_m_000000_0         | _m_000009_0         | the end of 'attempt_1_0001_m_000009_0', expected an event that",
                "task_1_0001_m       | task_1_0001_x       | 'task_1_0001_x_000000' as 'taskid', expected one as in task_",
                "task_1_0001_m_000000 | task_1_0001_m_99999999 | 'task_1_0001_m_99999999' as 'taskid'",
                "MAP_ATTEMPT_FINISHED | ~~                 | no 'type', expected an event of a job history",
            })
    void badEventsAreNamedWithTheirLine(String good, String bad, String found) throws IOException {
        String finished = map("FINISHED", "finishTime", 3000).replace(good, bad == null ? "" : bad);
        Path file = write("bad.jhist", SUBMITTED, "", map("STARTED", "startTime", 2000), finished);

        refused(file, ":6: found " + found);
    }

    @Test
    void whatIsNoHistoryIsRefused() throws IOException {
        Path file = folder.resolve("some.jhist");
        Files.writeString(file, "{\"type\":\"JOB_SUBMITTED\"}\n");
        refused(
                file,
                ":1: found '{\"type\":\"JOB_SUBMITTED\"}', expected 'Avro-Json' or 'Avro-Binary' as the first line");
        Files.writeString(file, "Avro-Json\n{}\n");
        refused(file, ": no JOB_SUBMITTED in it, expected the history of a job");
        write("some.jhist", SUBMITTED);
        refused(file, ": no job with a successful task in it, expected at least one");
        refused(Files.createDirectories(folder.resolve("empty")), ": no .jhist file in it, expected at least one");
    }

    private static final String SUBMITTED =
            "{\"type\":\"JOB_SUBMITTED\",\"event\":{\"x.JobSubmitted\":{\"jobid\":\"job_1_0001\",\"submitTime\":1000}}}";

    private static String map(String what, String time, long millis) {
        return "{\"type\":\"MAP_ATTEMPT_" + what + "\",\"event\":{\"x.Map\":{\"taskid\":\"task_1_0001_m_000000\","
                + "\"attemptId\":\"attempt_1_0001_m_000000_0\",\"" + time + "\":" + millis + "}}}";
    }

    private Path write(String name, String... events) throws IOException {
        return Files.writeString(
                folder.resolve(name), "Avro-Json\n{\"type\":\"record\"}\n" + String.join("\n", events) + "\n");
    }

    private Workload read(Path path) throws IOException {
        remarks.clear();
        return TraceFormat.JHIST.read(path, remarks::add);
    }

    private void refused(Path path, String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(path))
                .withMessageStartingWith(path + message);
    }

    /** The events as Hadoop's own schema encodes them, which also says whether they are such events. */
    private static byte[] inBinary(String json) throws IOException {
        Schema schema = Event.getClassSchema();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("Avro-Binary\n" + schema + "\n").getBytes(UTF_8));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        DatumWriter<Object> writer = new GenericDatumWriter<>(schema);
        GenericDatumReader<Object> reader = new GenericDatumReader<>(schema);
        for (String line : json.lines().skip(2).filter(line -> !line.isEmpty()).toList()) {
            writer.write(reader.read(null, DecoderFactory.get().jsonDecoder(schema, line)), encoder);
        }
        encoder.flush();
        return bytes.toByteArray();
    }
}
