/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** The columns of numbers in one group of rows of a Parquet file, row by row, without an object a row. Not thread-safe. */
final class ParquetNumbers {

    /** A column at its current row. */
    private record Column(ColumnReader reader, ColumnDescriptor descriptor) {}

    private final Path path;
    private final Map<String, Column> columns = new HashMap<>();
    private long row;
    private boolean started;

    /**
     * Begins before the first row.
     *
     * @param writer the file's note of what wrote it
     * @param rowsBefore of the groups before this one
     */
    ParquetNumbers(Path path, MessageType schema, PageReadStore group, String writer, long rowsBefore) {
        this.path = path;
        this.row = rowsBefore;
        ColumnReadStore readers =
                new ColumnReadStoreImpl(group, new GroupRecordConverter(schema).getRootConverter(), schema, writer);
        for (ColumnDescriptor descriptor : schema.getColumns()) {
            columns.put(descriptor.getPath()[0], new Column(readers.getColumnReader(descriptor), descriptor));
        }
    }

    /** Whether {@link #number} can read that column: a number, at most one a row. */
    static boolean isNumber(Type column) {
        return column.isPrimitive()
                && !column.isRepetition(Type.Repetition.REPEATED)
                && switch (column.asPrimitiveType().getPrimitiveTypeName()) {
                    case INT32, INT64, FLOAT, DOUBLE -> true;
                    default -> false;
                };
    }

    /** Moves to the next row, which must be there; each column of the one before must have been read. */
    void nextRow() {
        row++;
        if (started) {
            columns.values().forEach(column -> column.reader().consume());
        }
        started = true;
    }

    boolean has(String name) {
        return columns.containsKey(name);
    }

    /** The number in that column, which must be there. */
    double number(String name) throws TraceException {
        Column column = column(name);
        ColumnReader reader = column.reader();
        if (reader.getCurrentDefinitionLevel() < column.descriptor().getMaxDefinitionLevel()) {
            throw malformed("nothing as " + name, "a number");
        }
        return switch (column.descriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> reader.getInteger();
            case INT64 -> reader.getLong();
            case FLOAT -> reader.getFloat();
            default -> reader.getDouble();
        };
    }

    /** The same as milliseconds: that is what numbers are that do not say their unit. */
    double millis(String name) throws TraceException {
        PrimitiveType type = column(name).descriptor().getPrimitiveType();
        if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp) {
            return switch (timestamp.getUnit()) {
                case MILLIS -> number(name);
                case MICROS -> number(name) / 1e3;
                case NANOS -> number(name) / 1e6;
            };
        }
        return number(name);
    }

    /** An error in this row. */
    TraceException malformed(String found, String expected) {
        return new TraceException(path, "row " + row + ": found " + found + ", expected " + expected);
    }

    private Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalStateException("no column " + name);
        }
        return column;
    }
}
