/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads job histories of MapReduce ({@code .jhist}), in Avro's JSON or binary encoding, plain or packed: one job a file. A
 * folder is searched with all below it, as the JobHistoryServer keeps a folder a day. See {@link JhistJob} for what
 * becomes of a job.
 */
final class JhistReader {

    private static final Pattern NAME = Pattern.compile(".+\\.jhist(\\.[a-z]+)?");
    private static final int LONGEST_VERSION = 64;
    /** The line with the version; the one with the schema is read as an event. */
    private static final int LINES_BEFORE = 1;

    private JhistReader() {}

    static Workload read(Path path, Consumer<String> remarks) throws IOException {
        RecordedJobs jobs = new RecordedJobs();
        for (Path file : files(path)) {
            jobs.add(job(file));
        }
        return jobs.toWorkload(path, remarks);
    }

    private static List<Path> files(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        List<Path> found = LogFolder.find(path, folder -> false, file -> NAME.matcher(TraceJobs.fileName(file))
                .matches());
        if (found.isEmpty()) {
            throw new TraceException(path, "no .jhist file in it, expected at least one");
        }
        return found;
    }

    private static RecordedJobs.Recorded job(Path file) throws IOException {
        JhistJob job = new JhistJob();
        try (EventLog events = open(file)) {
            while (events.next()) {
                job.accept(events);
            }
        }
        return job.toJob(file);
    }

    private static EventLog open(Path file) throws IOException {
        String version = version(file);
        return switch (version) {
            case "Avro-Binary" -> AvroEventLog.open(file);
            case "Avro-Json" -> json(file);
            default ->
                throw new TraceException(
                        file, 1, TraceException.quoted(version), "'Avro-Json' or 'Avro-Binary' as the first line");
        };
    }

    private static EventLog json(Path file) throws IOException {
        JsonEventLog log = JsonEventLog.open(file, LINES_BEFORE, JhistJob.VALUES);
        try {
            log.next();
            return log;
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    private static String version(Path file) throws IOException {
        try (UnpackedStream bytes = UnpackedStream.open(file)) {
            String line = AvroEventLog.line(bytes, LONGEST_VERSION);
            return line.startsWith("\uFEFF") ? line.substring(1) : line;
        } catch (PackingException e) {
            throw new TraceException(file, 1, e.found(), e.expected());
        }
    }
}
