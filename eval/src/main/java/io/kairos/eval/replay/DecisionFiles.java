/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.metrics.EventKind;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the files in which the nodes write their decisions while they write them. Lines that are not whole yet wait for the
 * next read. Not thread-safe.
 */
final class DecisionFiles {
    private static final int COLUMNS = 13;

    /**
     * A node's decision, or the end of a task there.
     *
     * @param timeMs milliseconds since 1970
     * @param application whose task it is
     * @param counterpart empty if there is none
     */
    record Line(
            long timeMs,
            String node,
            EventKind kind,
            String reason,
            String container,
            String application,
            double attainedSeconds,
            String counterpart,
            int running,
            int paused,
            int held) {}

    private final @Nullable Path folder;
    private final Map<Path, Long> readUpTo = new HashMap<>();

    /** @param folder null for none, so that there is never anything new */
    DecisionFiles(@Nullable Path folder) {
        this.folder = folder;
    }

    /** What was written since the last call, by file in order of writing. */
    List<Line> readNew() throws IOException {
        List<Line> lines = new ArrayList<>();
        if (folder == null || !Files.isDirectory(folder)) {
            return lines;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.csv")) {
            for (Path file : files) {
                readNew(file, lines);
            }
        }
        return lines;
    }

    private void readNew(Path file, List<Line> lines) throws IOException {
        long from = readUpTo.getOrDefault(file, 0L);
        byte[] written;
        try (FileChannel channel = FileChannel.open(file)) {
            written = Channels.newInputStream(channel.position(from)).readAllBytes();
        }
        int whole = written.length;
        while (whole > 0 && written[whole - 1] != '\n') {
            whole--;
        }
        readUpTo.put(file, from + whole);
        for (String line :
                new String(written, 0, whole, StandardCharsets.US_ASCII).lines().toList()) {
            // What a node only observes it has not done.
            if (!line.startsWith("time_ms,") && !line.contains(",WOULD_")) {
                lines.add(parse(file, line));
            }
        }
    }

    private static Line parse(Path file, String text) throws IOException {
        String[] fields = text.split(",", -1);
        try {
            if (fields.length != COLUMNS) {
                throw new IllegalArgumentException("expected " + COLUMNS + " fields, found " + fields.length);
            }
            return new Line(
                    Long.parseLong(fields[0]),
                    fields[1],
                    EventKind.valueOf(fields[2]),
                    fields[3],
                    fields[4],
                    fields[5],
                    Long.parseLong(fields[6]) / 1000.0,
                    fields[7],
                    Integer.parseInt(fields[10]),
                    Integer.parseInt(fields[11]),
                    Integer.parseInt(fields[12]));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": not a decision: " + text, e);
        }
    }
}
