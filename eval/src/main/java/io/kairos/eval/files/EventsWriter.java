/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import io.kairos.eval.metrics.EventRecord;
import java.io.Closeable;
import java.io.IOException;
import org.apache.commons.csv.CSVPrinter;

/** Writes lines of events.csv, one at a time. Not thread-safe. */
final class EventsWriter implements Closeable {
    private final CSVPrinter csv;

    /** @param csv is closed with this one */
    EventsWriter(CSVPrinter csv) {
        this.csv = csv;
    }

    void write(String scheduler, EventRecord event) throws IOException {
        Double attained = event.attainedSeconds();
        csv.printRecord(
                scheduler,
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

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
