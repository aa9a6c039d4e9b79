/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code .tr} traces. Numbers are written so that reading them gives the same values. */
public final class TrWriter {

    private TrWriter() {}

    /**
     * Writes one line a job, in order of submission.
     *
     * @throws IllegalArgumentException if a job has several stages, which the format cannot hold
     */
    public static void write(Workload workload, Path path) throws IOException {
        for (Job job : workload.jobs()) {
            if (job.stages().size() != 1) {
                throw new IllegalArgumentException("job " + job.id() + " has "
                        + job.stages().size() + " stages, expected one: the .tr format knows no more");
            }
        }
        try (Writer writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
            for (Job job : workload.jobs()) {
                writeJob(job, writer);
            }
        }
    }

    private static void writeJob(Job job, Writer writer) throws IOException {
        Stage tasks = job.stages().get(0);
        writer.write(job.submitTime() + " " + tasks.taskCount() + " " + job.meanTaskSeconds());
        for (int task = 0; task < tasks.taskCount(); task++) {
            writer.write(" " + tasks.duration(task));
        }
        writer.write("\n");
    }
}
