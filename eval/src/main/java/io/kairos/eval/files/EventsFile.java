/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.EventSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** events.csv: one line a decision or outcome, with its numbers; times in seconds from the start of the run. */
public final class EventsFile {
    /** Its name in a run's folder. */
    public static final String NAME = "events.csv";

    static final List<String> HEADER = List.of(
            "scheduler",
            "timeSeconds",
            "node",
            "event",
            "reason",
            "job",
            "task",
            "attainedSeconds",
            "counterpart",
            "running",
            "paused",
            "held");

    private EventsFile() {}

    /** Writes the events of each scheduler. */
    public static void write(EventSource events, Path file) throws IOException {
        try (EventsWriter writer = new EventsWriter(CsvTable.create(file, HEADER))) {
            events.forEach(writer::write);
        }
    }

    /** Reads the events back in the order of the file, of which one line is held at a time. */
    public static void read(Path file, EventSource.Taker taker) throws IOException {
        CsvTable.read(
                file,
                line -> Map.entry(line.get("scheduler"), event(line)),
                row -> taker.take(row.getKey(), row.getValue()));
    }

    private static EventRecord event(CSVRecord line) {
        return new EventRecord(
                CsvTable.number(line, "timeSeconds"),
                line.get("node"),
                CsvTable.oneOf(line, "event", EventKind.class),
                CsvTable.textIfKnown(line, "reason"),
                CsvTable.textIfKnown(line, "job"),
                line.get("task"),
                CsvTable.numberIfKnown(line, "attainedSeconds"),
                CsvTable.textIfKnown(line, "counterpart"),
                CsvTable.countIfKnown(line, "running"),
                CsvTable.countIfKnown(line, "paused"),
                CsvTable.countIfKnown(line, "held"));
    }
}
