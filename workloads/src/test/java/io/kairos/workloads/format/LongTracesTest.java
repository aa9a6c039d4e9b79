/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of a million lines: what is held of a task is a number in an array. */
class LongTracesTest {

    private static final int TASKS = 1_000_000;
    private static final int JOBS = 100;

    private final Path file;

    LongTracesTest(@TempDir Path folder) {
        this.file = folder.resolve("long");
    }

    @Test
    void aMillionLinesOfCsv() throws IOException {
        try (Writer lines = packed()) {
            lines.write("job_id,submit_time,duration,stage\n");
            for (int task = 0; task < TASKS; task++) {
                lines.write("job " + task % JOBS + "," + task % JOBS + "," + (1 + task / JOBS) + ","
                        + (1 + task / JOBS % 2) + "\n");
            }
        }

        hasAllTasks(TraceFormat.CSV.read(file), 2);
    }

    @Test
    void aMillionTasksOfTr() throws IOException {
        try (Writer lines = packed()) {
            for (int job = 0; job < JOBS; job++) {
                lines.write(job + " " + TASKS / JOBS + " 1");
                for (int task = 1; task <= TASKS / JOBS; task++) {
                    lines.write(" " + task);
                }
                lines.write("\n");
            }
        }

        hasAllTasks(TraceFormat.TR.read(file), 1);
    }

    @Test
    void aMillionTasksOfOneSparkApplication() throws IOException {
        try (Writer lines = packed()) {
            lines.write("{\"Event\":\"SparkListenerApplicationStart\",\"Timestamp\":0}\n");
            for (int task = 0; task < TASKS; task++) {
                lines.write(
                        "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":0,\"Task End Reason\":{\"Reason\":\"Success\"},"
                                + "\"Task Info\":{\"Partition ID\":" + task + ",\"Launch Time\":" + task
                                + ",\"Finish Time\":"
                                + (task + 2000) + "}}\n");
            }
        }

        Job job = TraceFiles.only(TraceFormat.SPARK.read(file));
        assertThat(job.taskCount()).isEqualTo(TASKS);
        assertThat(job.serviceSeconds()).isEqualTo(2.0 * TASKS);
    }

    private static void hasAllTasks(Workload workload, int stages) {
        assertThat(workload.jobs()).hasSize(JOBS);
        assertThat(workload.taskCount()).isEqualTo(TASKS);
        double perJob = TASKS / JOBS * (TASKS / JOBS + 1) / 2.0;
        assertThat(workload.jobs()).allSatisfy(job -> {
            assertThat(job.stages()).hasSize(stages);
            assertThat(job.serviceSeconds()).isEqualTo(perJob);
        });
    }

    private Writer packed() throws IOException {
        return new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
    }
}
