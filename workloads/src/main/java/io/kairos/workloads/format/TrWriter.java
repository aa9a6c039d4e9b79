/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes {@code .tr} traces. Numbers are written so that reading them gives the same values. The format knows one stage a
 * job: the tasks of all stages are written as those of one.
 */
public final class TrWriter {

    private TrWriter() {}

    /** Writes one line a job, in order of submission. */
    public static void write(Workload workload, Path path) throws IOException {
        try (Writer writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
            for (Job job : workload.jobs()) {
                writeJob(job, writer);
            }
        }
    }

    private static void writeJob(Job job, Writer writer) throws IOException {
        writer.write(job.submitTime() + " " + job.taskCount() + " " + job.meanTaskSeconds());
        for (double duration : job.taskDurations()) {
            writer.write(" " + duration);
        }
        writer.write("\n");
    }
}
