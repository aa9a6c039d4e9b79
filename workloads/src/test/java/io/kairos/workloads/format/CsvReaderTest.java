/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {

    private final Path folder;

    CsvReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void linesOfOneIdAreTheTasksOfOneJob() throws IOException {
        Workload workload = TraceFormat.CSV.read(TraceFiles.copy("tasks.csv", folder));

        assertThat(workload.name()).isEqualTo("tasks.csv");
        assertThat(workload.jobs()).extracting(Job::name).containsExactly("query-7", "backup, daily");
        assertThat(workload.jobs()).extracting(Job::id).containsExactly(2, 1);
        assertThat(workload.jobs()).extracting(Job::submitTime).containsExactly(1.0, 3.5);
        assertThat(workload.jobs()).extracting(Job::jobClass).containsExactly(JobClass.SHORT, JobClass.LONG);
        assertThat(workload.jobs().get(1).stages()).containsExactly(Stage.of(40.5), Stage.of(100, 100));
    }

    @Test
    void stageAndClassMayBeLeftOut() throws IOException {
        StringBuilder text = new StringBuilder("duration,job_id,submit_time\n");
        for (int job = 1; job <= 20; job++) {
            text.append(job).append(',').append(job).append(",0\n");
        }

        assertThat(read(text.toString()).jobs())
                .allSatisfy(job -> assertThat(job.stages()).hasSize(1))
                .filteredOn(job -> job.jobClass() == JobClass.LONG)
                .extracting(Job::name)
                .containsExactly("20");
    }

    @Test
    void blanksAroundFieldsDoNotCountAndQuotesHoldAnything() throws IOException {
        Workload workload = read("job_id , submit_time, duration\n  a , 0 , 1 \n\"b \"\"2\"\"\nnext\" ,1,2\n");

        assertThat(workload.jobs()).extracting(Job::name).containsExactly("a", "b \"2\"\nnext");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a,x,1,1,short    | 'x' as submit_time       | the submit time as a number of seconds, at least 0",
                "a,-1,1,1,short   | '-1' as submit_time      | the submit time",
                "a,NaN,1,1,short  | 'NaN' as submit_time     | the submit time",
                "a,1e99,1,1,short | '1e99' as submit_time    | the submit time as a number of seconds, at least 0 and at",
                "a,0,0,1,short    | '0' as duration          | the duration as a number of seconds, above 0",
                "a,0,-2,1,short   | '-2' as duration         | the duration",
                "a,0,Infinity,1,short | 'Infinity' as duration | the duration",
                "a,0,,1,short     | '' as duration           | the duration",
                "a,0,1,0,short    | '0' as stage             | the number of a stage, at least 1",
                "a,0,1,1.5,short  | '1.5' as stage           | the number of a stage",
                "a,0,1,99999999999,short | '99999999999' as stage | the number of a stage",
                "a,0,1,1,medium   | 'medium' as class        | short or long",
                "a,0,1,1,         | '' as class              | short or long",
                "' ',0,1,1,short  | '' '' as job_id          | the id of a job",
                ",0,1,1,short     | '' as job_id             | the id of a job",
                "a,0,1,1          | 4 fields                 | 5 as in the header line",
                "a,0,1,1,short,x  | 6 fields                 | 5 as in the header line",
                "b,6,1,1,short    | '6' as submit_time       | 5.0 as in the first line of job 'b'",
                "b,5,1,1,long     | 'long' as class          | short as in the first line of job 'b'",
            })
    void malformedLinesAreNamed(String line, String found, String expected) {
        String blankId = line.startsWith("' '") ? "\" \"" + line.substring(3) : line;
        String shown = found.equals("'' '' as job_id") ? "' ' as job_id" : found;
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() ->
                        read("job_id,submit_time,duration,stage,class\r\n\r\nb,5,1,1,short\r\n" + blankId + "\r\n"))
                .withMessageStartingWith(folder.resolve("jobs.csv") + ":4: found " + shown + ", expected " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job_id,submit_time      | no column duration, expected a header line with job_id, submit_time, duration",
                "a,0,1                   | no column job_id",
                "job_id,duration,submit_time,Duration | the column 'duration' twice, expected it once",
            })
    void theHeaderLineMustNameTheColumns(String header, String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(header + "\na,0,1\n"))
                .withMessageStartingWith(folder.resolve("jobs.csv") + ":1: found " + message);
    }

    @Test
    void aHeaderLineAloneIsNoTrace() {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read("job_id,submit_time,duration\n"))
                .withMessageEndingWith("jobs.csv: no jobs in it, expected at least one line");
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read("\n"))
                .withMessageEndingWith("jobs.csv: no jobs in it, expected a header line and a line for each task");
    }

    @Test
    void aQuoteThatIsNotClosedIsAnErrorWhereItBegins() {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read("job_id,submit_time,duration\na,0,1\n\"b,0,1\nc,0,1\n"))
                .withMessage(folder.resolve("jobs.csv")
                        + ":3: found a quoted field that does not end as one, expected a quote, and then a comma or the"
                        + " end of the line");
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read("job_id,submit_time,duration\n\"a\"b,0,1\n"))
                .withMessageContaining("jobs.csv:2: found a quoted field");
    }

    @Test
    void aLineThatDoesNotEndIsRefusedBeforeItFillsTheMemory() {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read("job_id,submit_time,duration\na,0,1\nb,0," + "1".repeat(2_000_000)))
                .withMessage(
                        folder.resolve("jobs.csv")
                                + ":3: found more than a million characters, expected the end of the line, or of a quoted field");
    }

    private Workload read(String text) throws IOException {
        return TraceFormat.CSV.read(Files.writeString(folder.resolve("jobs.csv"), text));
    }
}
