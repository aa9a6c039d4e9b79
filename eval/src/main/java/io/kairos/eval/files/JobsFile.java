/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import io.kairos.eval.metrics.JobRecord;
import io.kairos.workloads.model.JobClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** jobs.csv: one line a job and scheduler; times in seconds. */
public final class JobsFile {
    /** Its name in a run's folder. */
    public static final String NAME = "jobs.csv";

    private static final List<String> HEADER = List.of(
            "scheduler",
            "job",
            "class",
            "tasks",
            "serviceSeconds",
            "uncontendedSeconds",
            "submitSeconds",
            "finishSeconds",
            "completionSeconds",
            "slowdown");

    private JobsFile() {}

    /** Writes the jobs of each scheduler. */
    public static void write(Map<String, List<JobRecord>> jobsByScheduler, Path file) throws IOException {
        try (CSVPrinter csv = CsvTable.create(file, HEADER)) {
            for (Map.Entry<String, List<JobRecord>> run : jobsByScheduler.entrySet()) {
                for (JobRecord job : run.getValue()) {
                    csv.printRecord(
                            run.getKey(),
                            job.job(),
                            job.jobClass().label(),
                            job.tasks(),
                            CsvTable.microseconds(job.serviceSeconds()),
                            job.uncontendedSeconds(),
                            CsvTable.microseconds(job.submitSeconds()),
                            CsvTable.microseconds(job.finishSeconds()),
                            CsvTable.microseconds(job.completionSeconds()),
                            CsvTable.microseconds(job.slowdown()));
                }
            }
        }
    }

    /** Reads the jobs back, by scheduler in the order of the file. */
    public static Map<String, List<JobRecord>> read(Path file) throws IOException {
        Map<String, List<JobRecord>> jobs = new LinkedHashMap<>();
        CsvTable.read(file, line -> Map.entry(line.get("scheduler"), job(line)), row -> jobs.computeIfAbsent(
                        row.getKey(), scheduler -> new ArrayList<>())
                .add(row.getValue()));
        return jobs;
    }

    private static JobRecord job(CSVRecord line) {
        return new JobRecord(
                line.get("job"),
                CsvTable.oneOf(line, "class", JobClass.class),
                CsvTable.count(line, "tasks"),
                CsvTable.number(line, "serviceSeconds"),
                CsvTable.number(line, "uncontendedSeconds"),
                CsvTable.number(line, "submitSeconds"),
                CsvTable.number(line, "finishSeconds"));
    }
}
