/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVPrinter;

/** events.csv: one line a decision or outcome, with its numbers; times in seconds from the start of the run. */
public final class EventsFile {
    /** Its name in a run's folder. */
    public static final String NAME = "events.csv";

    private EventsFile() {}

    /** Writes the events of each scheduler. */
    public static void write(Map<String, List<EventRecord>> eventsByScheduler, Path file) throws IOException {
        try (CSVPrinter csv = CsvTable.create(
                file,
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
                "held")) {
            for (Map.Entry<String, List<EventRecord>> run : eventsByScheduler.entrySet()) {
                for (EventRecord event : run.getValue()) {
                    Double attained = event.attainedSeconds();
                    csv.printRecord(
                            run.getKey(),
                            CsvTable.microseconds(event.timeSeconds()),
                            event.node(),
                            event.kind(),
                            event.reason(),
                            event.job(),
                            event.task(),
                            attained == null ? null : CsvTable.microseconds(attained),
                            event.counterpart(),
                            event.running(),
                            event.paused(),
                            event.held());
                }
            }
        }
    }

    /** Reads the events back, by scheduler in the order of the file. */
    public static Map<String, List<EventRecord>> read(Path file) throws IOException {
        Map<String, List<EventRecord>> events = new LinkedHashMap<>();
        CsvTable.read(file, line -> events.computeIfAbsent(line.get("scheduler"), scheduler -> new ArrayList<>())
                .add(new EventRecord(
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
                        CsvTable.countIfKnown(line, "held"))));
        return events;
    }
}
