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
import java.util.stream.Collectors;

/** The trace formats that can be read, each with its reader. */
public enum TraceFormat {
    TR(
            "one job a line: submit time, number of tasks, mean task duration, each task's duration; seconds",
            TrReader::read);

    @Immutable
    private interface Reader {
        Workload read(Path path) throws IOException;
    }

    private final String description;
    private final Reader reader;

    TraceFormat(String description, Reader reader) {
        this.description = description;
        this.reader = reader;
    }

    /** The name people type before the colon. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One line. */
    public String description() {
        return description;
    }

    /**
     * Reads a whole trace. Jobs are sorted by submit time, as files are not always; the 5 % of jobs with the longest
     * tasks on average count as long ({@link Workload#classifiedBy} changes that).
     *
     * @throws TraceException if the file cannot be read or is malformed
     */
    public Workload read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new TraceException(path, "no such file, expected a ." + label() + " trace");
        }
        if (!Files.isRegularFile(path)) {
            throw new TraceException(path, "not a file, expected a ." + label() + " trace");
        }
        try {
            return reader.read(path);
        } catch (AccessDeniedException e) {
            throw new TraceException(path, "no permission to read it, expected a readable file");
        }
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
