/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads event logs of Spark (spark.eventLog.enabled): one JSON object a line, plain or packed, one application a file. A
 * folder is one application if its name begins with {@code eventlog_v2_}, Spark's own sign for a log in several files;
 * any other holds logs, each of them one job. See {@link SparkApplication} for what becomes of an application. Of the logs
 * in a folder, those of applications that still run are left out and counted, and so are those that Spark has compacted,
 * which lack most tasks.
 */
final class SparkReader {

    private SparkReader() {}

    static Workload read(Path path, Consumer<String> remarks) throws IOException {
        RecordedJobs jobs = new RecordedJobs();
        if (Files.isRegularFile(path) || SparkLog.isRolling(path)) {
            SparkLog log = SparkLog.of(path);
            if (log.isCompacted()) {
                throw new TraceException(
                        path, "compacted by Spark, which drops the tasks of jobs that ended, expected a whole log");
            }
            jobs.add(application(log));
        } else {
            int running = 0;
            int compacted = 0;
            List<Path> found = LogFolder.find(path, SparkLog::isRolling, file -> true);
            if (found.isEmpty()) {
                throw new TraceException(path, "no files in it, expected at least one Spark event log");
            }
            for (Path each : found) {
                SparkLog log = SparkLog.of(each);
                if (log.isRunning()) {
                    running++;
                } else if (log.isCompacted()) {
                    compacted++;
                } else {
                    jobs.add(application(log));
                }
            }
            remark(running, "of an application that still runs", path, remarks);
            remark(compacted, "compacted by Spark", path, remarks);
        }
        return jobs.toWorkload(path, remarks);
    }

    private static RecordedJobs.Recorded application(SparkLog log) throws IOException {
        SparkApplication application = new SparkApplication();
        for (Path file : log.files()) {
            try (EventLog events = JsonEventLog.open(file, 0, SparkApplication.VALUES)) {
                while (events.next()) {
                    application.accept(events);
                }
            }
        }
        return application.toJob(log.path());
    }

    private static void remark(int logs, String what, Path path, Consumer<String> remarks) {
        if (logs > 0) {
            remarks.accept(path + ": left out " + RecordedJobs.counted(logs, "log") + " " + what);
        }
    }
}
