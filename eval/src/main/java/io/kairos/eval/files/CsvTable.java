/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads and writes the CSV files of a run: one header line, an empty field for what is not known. */
final class CsvTable {
    /**
     * Makes what one line says of it.
     *
     * @param <T> what a line says
     */
    interface LineParser<T> {
        /** @throws IllegalArgumentException the line says nothing of that kind */
        T parse(CSVRecord line);
    }

    /**
     * Takes what the lines say.
     *
     * @param <T> what a line says
     */
    interface Taker<T> {
        void take(T row) throws IOException;
    }

    private CsvTable() {}

    static CSVPrinter create(Path file, List<String> header) throws IOException {
        CSVPrinter table = createWithoutHeader(file);
        table.printRecord(header);
        return table;
    }

    /** A part that will stand behind others. */
    static CSVPrinter createWithoutHeader(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
        return new CSVPrinter(Files.newBufferedWriter(file), format);
    }

    /** Hands over line by line; what the parser rejects is reported with the file and the line. */
    static <T> void read(Path file, LineParser<T> parser, Taker<? super T> taker) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser lines = CSVParser.builder()
                .setReader(Files.newBufferedReader(file))
                .setFormat(format)
                .get()) {
            for (CSVRecord line : lines) {
                taker.take(parsed(file, lines, line, parser));
            }
        } catch (UncheckedIOException e) {
            throw new IOException(file + ": expected CSV with a header line: " + e.getMessage(), e);
        }
    }

    private static <T> T parsed(Path file, CSVParser lines, CSVRecord line, LineParser<T> parser) throws IOException {
        try {
            return parser.parse(line);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ":" + lines.getCurrentLineNumber() + ": " + e.getMessage(), e);
        }
    }

    static double number(CSVRecord line, String column) {
        String text = line.get(column);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + ": expected a number, got '" + text + "'", e);
        }
    }

    static int count(CSVRecord line, String column) {
        String text = line.get(column);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + ": expected a whole number, got '" + text + "'", e);
        }
    }

    static @Nullable Double numberIfKnown(CSVRecord line, String column) {
        return line.get(column).isEmpty() ? null : Double.valueOf(number(line, column));
    }

    static @Nullable Integer countIfKnown(CSVRecord line, String column) {
        return line.get(column).isEmpty() ? null : Integer.valueOf(count(line, column));
    }

    static @Nullable String textIfKnown(CSVRecord line, String column) {
        String text = line.get(column);
        return text.isEmpty() ? null : text;
    }

    static <E extends Enum<E>> E oneOf(CSVRecord line, String column, Class<E> type) {
        String text = line.get(column);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(column + ": unknown value '" + text + "'");
    }

    /** Seconds to the microsecond: finer digits are noise. */
    static double microseconds(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }
}
