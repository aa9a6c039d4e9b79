/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.errorprone.annotations.Immutable;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trace formats that can be read, each with its reader; docs/traces.md says what is taken from each. */
public enum TraceFormat {
    TR(
            "one job a line: submit time, number of tasks, mean task duration, each task's duration; seconds",
            "a .tr trace",
            Place.FILE,
            (path, remarks) -> TrReader.read(path),
            TrWriter::write),
    CSV(
            "one task a line: job_id, submit_time, duration, and if need be stage and class (short, long); a header"
                    + " line; seconds",
            "a CSV trace",
            Place.FILE,
            (path, remarks) -> CsvReader.read(path),
            CsvWriter::write),
    SWIM(
            "SWIM's MapReduce traces: one job a line with its bytes, from which tasks and durations are derived",
            "a SWIM trace",
            Place.FILE,
            (path, remarks) -> SwimReader.read(path),
            null),
    OPENDC(
            "OpenDC's workloads, the Parquet file of tasks: one job a row, with tasks for its CPUs",
            "the file of tasks of an OpenDC workload",
            Place.FILE,
            OpendcReader::read,
            null),
    SPARK(
            "Spark event logs, one or a folder of them: one application a job",
            "a Spark event log or a folder of them",
            Place.FILE_OR_FOLDER,
            SparkReader::read,
            null),
    JHIST(
            "MapReduce job histories (.jhist), one or a folder of them",
            "a .jhist file or a folder of them",
            Place.FILE_OR_FOLDER,
            JhistReader::read,
            null);

    private static final Logger LOG = LoggerFactory.getLogger(TraceFormat.class);

    /** Where traces of a format are. */
    private enum Place {
        FILE,
        FILE_OR_FOLDER
    }

    @Immutable
    private interface Reader {
        Workload read(Path path, Consumer<String> remarks) throws IOException;
    }

    @Immutable
    private interface Writer {
        void write(Workload workload, Path path) throws IOException;
    }

    private final String description;
    private final String noun;
    private final Place place;
    private final Reader reader;
    private final @Nullable Writer writer;

    TraceFormat(String description, String noun, Place place, Reader reader, @Nullable Writer writer) {
        this.description = description;
        this.noun = noun;
        this.place = place;
        this.reader = reader;
        this.writer = writer;
    }

    /** The name people type before the colon. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One line. */
    public String description() {
        return description;
    }

    /** Whether {@link #write} can be called. */
    public boolean isWritable() {
        return writer != null;
    }

    /** Reads a whole trace as {@link #read(Path, Consumer)} does, with the remarks in the log. */
    public Workload read(Path path) throws IOException {
        return read(path, LOG::warn);
    }

    /**
     * Reads a whole trace. Jobs are sorted by submit time, as files are not always. Where the format does not say which
     * jobs are long, those are the 5 % with the longest tasks on average ({@link Workload#classifiedBy} changes that).
     *
     * @param remarks is told, in one line each, what was left out or does not go without saying
     * @throws TraceException if a file cannot be read or is malformed
     */
    public Workload read(Path path, Consumer<String> remarks) throws IOException {
        if (!Files.exists(path)) {
            throw new TraceException(path, "no such file, expected " + noun);
        }
        if (!Files.isRegularFile(path) && !(place == Place.FILE_OR_FOLDER && Files.isDirectory(path))) {
            throw new TraceException(path, "not a file, expected " + noun);
        }
        try {
            return reader.read(path, remarks);
        } catch (AccessDeniedException e) {
            throw new TraceException(Path.of(e.getFile()), "no permission to read it, expected a readable file");
        }
    }

    /**
     * Writes a workload so that {@link #read} gives the same one, as far as the format can hold it: {@code tr} joins the
     * stages of a job and holds neither names nor classes.
     *
     * @throws UnsupportedOperationException if the format is not writable
     */
    public void write(Workload workload, Path path) throws IOException {
        if (writer == null) {
            throw new UnsupportedOperationException(label() + " traces are only read");
        }
        writer.write(workload, path);
    }

    /**
     * Splits {@code format:path}, as in {@code tr:jobs.tr}.
     *
     * @throws IllegalArgumentException if the format is unknown or the path is missing
     */
    public static TraceSource parse(String argument) {
        int colon = argument.indexOf(':');
        String label = colon < 0 ? "" : argument.substring(0, colon);
        for (TraceFormat format : values()) {
            if (format.label().equals(label) && colon + 1 < argument.length()) {
                return new TraceSource(format, path(argument, argument.substring(colon + 1)));
            }
        }
        throw malformed(argument);
    }

    private static Path path(String argument, String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw malformed(argument);
        }
    }

    private static IllegalArgumentException malformed(String argument) {
        String known = Arrays.stream(values()).map(TraceFormat::label).collect(Collectors.joining(", "));
        return new IllegalArgumentException(
                "trace '" + argument + "': expected FORMAT:PATH, FORMAT being one of " + known);
    }
}
