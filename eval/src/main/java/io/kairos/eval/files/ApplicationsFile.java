/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import io.kairos.eval.metrics.ApplicationRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** applications.csv: one line a real job and scheduler, with what it met on its way. */
public final class ApplicationsFile {
    /** Its name in a run's folder. */
    public static final String NAME = "applications.csv";

    private static final List<String> HEADER = List.of(
            "scheduler",
            "job",
            "name",
            "exitStatus",
            "result",
            "rightResult",
            "tasks",
            "failedTasks",
            "lostContainers",
            "stagesAgain",
            "fetchFailures",
            "speculativeTasks",
            "mostPauses",
            "longestPauseSeconds");

    private ApplicationsFile() {}

    public static void write(Map<String, List<ApplicationRecord>> byScheduler, Path file) throws IOException {
        try (CSVPrinter csv = CsvTable.create(file, HEADER)) {
            for (Map.Entry<String, List<ApplicationRecord>> run : byScheduler.entrySet()) {
                for (ApplicationRecord job : run.getValue()) {
                    csv.printRecord(
                            run.getKey(),
                            job.job(),
                            job.name(),
                            job.exitStatus(),
                            job.result(),
                            job.rightResult(),
                            job.tasks(),
                            job.failedTasks(),
                            job.lostContainers(),
                            job.stagesAgain(),
                            job.fetchFailures(),
                            job.speculativeTasks(),
                            job.mostPauses(),
                            job.longestPauseSeconds());
                }
            }
        }
    }

    /** Reads them back, by scheduler in the order of the file; nothing if there is no such file. */
    public static Map<String, List<ApplicationRecord>> read(Path file) throws IOException {
        Map<String, List<ApplicationRecord>> jobs = new LinkedHashMap<>();
        if (Files.exists(file)) {
            CsvTable.read(file, line -> Map.entry(line.get("scheduler"), job(line)), row -> jobs.computeIfAbsent(
                            row.getKey(), scheduler -> new ArrayList<>())
                    .add(row.getValue()));
        }
        return jobs;
    }

    private static ApplicationRecord job(CSVRecord line) {
        return new ApplicationRecord(
                line.get("job"),
                line.get("name"),
                CsvTable.count(line, "exitStatus"),
                CsvTable.textIfKnown(line, "result"),
                Boolean.parseBoolean(line.get("rightResult")),
                CsvTable.countIfKnown(line, "tasks"),
                CsvTable.countIfKnown(line, "failedTasks"),
                CsvTable.countIfKnown(line, "lostContainers"),
                CsvTable.countIfKnown(line, "stagesAgain"),
                CsvTable.countIfKnown(line, "fetchFailures"),
                CsvTable.countIfKnown(line, "speculativeTasks"),
                CsvTable.countIfKnown(line, "mostPauses"),
                CsvTable.numberIfKnown(line, "longestPauseSeconds"));
    }
}
