/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes CSV traces as {@link CsvReader} reads them. Numbers are written so that reading them gives the same values. A
 * job's id is its name, so that reading gives the same jobs; a name that another job has already is followed by the job's
 * number.
 */
final class CsvWriter {

    private CsvWriter() {}

    /** Writes one line a task, jobs in the order of their numbers. */
    static void write(Workload workload, Path path) throws IOException {
        List<Job> jobs = workload.jobs().stream()
                .sorted(Comparator.comparingInt(Job::id))
                .toList();
        Set<String> names = new HashSet<>();
        try (CSVPrinter lines =
                new CSVPrinter(Files.newBufferedWriter(path, StandardCharsets.UTF_8), CsvTrace.FORMAT)) {
            lines.printRecord(CsvTrace.JOB, CsvTrace.SUBMIT_TIME, CsvTrace.DURATION, CsvTrace.STAGE, CsvTrace.CLASS);
            for (Job job : jobs) {
                String name = job.name();
                while (!names.add(name)) {
                    name += "-" + job.id();
                }
                writeJob(job, name, lines);
            }
        }
    }

    private static void writeJob(Job job, String name, CSVPrinter lines) throws IOException {
        int number = 1;
        for (Stage stage : job.stages()) {
            for (int task = 0; task < stage.taskCount(); task++) {
                lines.printRecord(
                        name,
                        job.submitTime(),
                        stage.duration(task),
                        number,
                        job.jobClass().label());
            }
            number++;
        }
    }
}
