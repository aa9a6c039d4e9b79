/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The lines of a CSV file with a header, by the names of the columns; one line is held at a time. Not thread-safe. */
final class CsvLines implements Closeable {

    private final Path path;
    private final RecordReader reader;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Map<String, Integer> columns = new HashMap<>();
    private int width;
    private String[] fields = {};

    private CsvLines(Path path, RecordReader reader) throws IOException {
        this.path = path;
        this.reader = reader;
        this.parser =
                CSVParser.builder().setReader(reader).setFormat(CsvTrace.FORMAT).get();
        this.records = parser.iterator();
    }

    /**
     * Opens a file and reads its header line. Case does not matter in it; columns that nobody asks for are passed over.
     *
     * @throws TraceException if a required column is not there, or a column is there twice
     */
    static CsvLines open(Path path, List<String> required) throws IOException {
        CsvLines lines = new CsvLines(path, new RecordReader(path, TextStream.open(path)));
        try {
            lines.readHeader(required);
            return lines;
        } catch (IOException e) {
            lines.close();
            throw e;
        }
    }

    /** Moves to the next line that is not blank; false at the end of the file. */
    boolean next() throws IOException {
        if (!advance()) {
            return false;
        }
        if (fields.length != width) {
            throw malformed(fields.length + " fields", width + " as in the header line");
        }
        return true;
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** The field of this line in a column that is there. */
    String field(String column) {
        Integer index = columns.get(column);
        if (index == null) {
            throw new IllegalStateException("no column " + column);
        }
        return fields[index];
    }

    /** An error about the field of this line in that column. */
    TraceException malformedField(String column, String expected) {
        return malformed(TraceException.quoted(field(column)) + " as " + column, expected);
    }

    /** An error about this line; if it goes over several, its last one is named. */
    TraceException malformed(String found, String expected) {
        return new TraceException(path, parser.getCurrentLineNumber(), found, expected);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private void readHeader(List<String> required) throws IOException {
        if (!advance()) {
            throw new TraceException(path, "no jobs in it, expected a header line and a line for each task");
        }
        width = fields.length;
        for (int index = 0; index < width; index++) {
            String column = fields[index].strip().toLowerCase(Locale.ROOT);
            if (columns.put(column, index) != null && !column.isEmpty()) {
                throw malformed("the column " + TraceException.quoted(column) + " twice", "it once");
            }
        }
        for (String column : required) {
            if (!columns.containsKey(column)) {
                throw malformed("no column " + column, "a header line with " + String.join(", ", required));
            }
        }
    }

    private boolean advance() throws IOException {
        reader.nextRecord(parser.getCurrentLineNumber() + 1);
        try {
            if (!records.hasNext()) {
                return false;
            }
            fields = records.next().values();
            return true;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw new TraceException(
                        path,
                        reader.line(),
                        "a quoted field that does not end as one",
                        "a quote, and then a comma or the end of the line");
            }
            throw e.getCause();
        }
    }
}
