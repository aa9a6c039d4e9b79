/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one application's event log.
 *
 * @param path the file or the folder
 * @param files in the order they were written in
 * @param isRunning whether its name, or that of a mark beside it, says that the application has not ended
 * @param isCompacted whether Spark has dropped the events of jobs that ended
 */
record SparkLog(Path path, List<Path> files, boolean isRunning, boolean isCompacted) {

    private static final String ROLLING = "eventlog_v2_";
    private static final String RUNNING = ".inprogress";
    private static final String COMPACTED = ".compact";
    private static final Pattern EVENTS = Pattern.compile("events_(\\d{1,9})_.*");

    SparkLog {
        files = List.copyOf(files);
    }

    /** Whether this is the folder of an application whose log is in several files (spark.eventLog.rolling.enabled). */
    static boolean isRolling(Path path) {
        return TraceJobs.fileName(path).startsWith(ROLLING) && Files.isDirectory(path);
    }

    static SparkLog of(Path path) throws IOException {
        if (!isRolling(path)) {
            return new SparkLog(path, List.of(path), TraceJobs.fileName(path).endsWith(RUNNING), false);
        }
        List<Path> all;
        try (Stream<Path> listed = Files.list(path)) {
            all = listed.toList();
        }
        List<Path> events = all.stream()
                .filter(file -> number(file) >= 0)
                .sorted(Comparator.comparingInt(SparkLog::number))
                .toList();
        if (events.isEmpty()) {
            throw new TraceException(path, "no file events_1_... in it, expected the files of a Spark event log");
        }
        return new SparkLog(path, events, anyEndsWith(all, RUNNING), anyEndsWith(events, COMPACTED));
    }

    private static int number(Path file) {
        Matcher matcher = EVENTS.matcher(TraceJobs.fileName(file));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    private static boolean anyEndsWith(List<Path> files, String end) {
        return files.stream().anyMatch(file -> TraceJobs.fileName(file).endsWith(end));
    }
}
