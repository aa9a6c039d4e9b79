/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.common.math.IntMath;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads workloads of OpenDC (the file of tasks, Parquet): one job a row, with {@code submission_time} and
 * {@code duration} in milliseconds and, if there is such a column, {@code cpu_count}, rounded up. A slot is as many CPUs
 * as divide all rows' counts, and a job is as many tasks as it takes slots, each of the row's duration; nothing makes them
 * run at the same time. The first job counts as submitted at 0. Other columns are passed over.
 */
final class OpendcReader {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final String SUBMISSION_TIME = "submission_time";
    private static final String DURATION = "duration";
    private static final String CPU_COUNT = "cpu_count";
    private static final int MOST_CPUS = 100_000;
    // A group of rows is held as a whole, and its size is what the file says.
    private static final long MOST_COLUMN_BYTES = 1L << 30;

    private final Path path;
    private final ImmutableDoubleArray.Builder submitMillis = ImmutableDoubleArray.builder();
    private final ImmutableDoubleArray.Builder seconds = ImmutableDoubleArray.builder();
    private final ImmutableIntArray.Builder cpus = ImmutableIntArray.builder();
    private long rows;

    private OpendcReader(Path path) {
        this.path = path;
    }

    static Workload read(Path path, Consumer<String> remarks) throws IOException {
        requireParquet(path);
        OpendcReader reader = new OpendcReader(path);
        try (ParquetFileReader file = ParquetFileReader.open(new LocalInputFile(path))) {
            reader.readRows(file);
        } catch (RuntimeException | EOFException e) {
            // The library throws whatever it stumbles over.
            TraceException refusal =
                    new TraceException(path, "no Parquet file that can be read, expected a whole one from OpenDC");
            refusal.initCause(e);
            throw refusal;
        }
        return TraceJobs.classified(path, reader.jobs(remarks));
    }

    private void readRows(ParquetFileReader file) throws IOException {
        MessageType schema = projection(file.getFileMetaData().getSchema());
        requireBounded(file.getRowGroups(), schema);
        file.setRequestedSchema(schema);
        PageReadStore group = file.readNextRowGroup();
        while (group != null) {
            ParquetNumbers numbers = new ParquetNumbers(
                    path, schema, group, file.getFileMetaData().getCreatedBy(), rows);
            for (long row = 0; row < group.getRowCount(); row++) {
                numbers.nextRow();
                readRow(numbers);
            }
            rows += group.getRowCount();
            group = file.readNextRowGroup();
        }
    }

    private void readRow(ParquetNumbers numbers) throws TraceException {
        submitMillis.add(numbers.millis(SUBMISSION_TIME));
        double duration = numbers.millis(DURATION) / 1000;
        if (!TimeKind.DURATION.isUsable(duration)) {
            throw numbers.malformed(duration + " s as " + DURATION, TimeKind.DURATION.expected("duration"));
        }
        seconds.add(duration);
        double count = numbers.has(CPU_COUNT) ? numbers.number(CPU_COUNT) : 1;
        if (!(count > 0 && count <= MOST_CPUS)) {
            throw numbers.malformed(count + " as " + CPU_COUNT, "a number of CPUs, above 0 and at most " + MOST_CPUS);
        }
        cpus.add((int) Math.ceil(count));
    }

    private List<Job> jobs(Consumer<String> remarks) throws TraceException {
        ImmutableDoubleArray submitted = submitMillis.build();
        ImmutableDoubleArray durations = seconds.build();
        ImmutableIntArray counts = cpus.build();
        double first = submitted.stream().min().orElse(0);
        int slot = counts.stream().reduce(0, IntMath::gcd);
        if (slot > 1) {
            remarks.accept(path + ": a slot is " + slot + " CPUs, as every job takes a multiple of that");
        }
        List<Job> jobs = new ArrayList<>(counts.length());
        for (int row = 0; row < counts.length(); row++) {
            int id = row + 1;
            double submitTime = (submitted.get(row) - first) / 1000;
            if (!TimeKind.INSTANT.isUsable(submitTime)) {
                throw new TraceException(
                        path,
                        "row " + id + ": found a job submitted " + submitTime
                                + " s after the first one, expected at most ten years");
            }
            double[] tasks = new double[counts.get(row) / slot];
            Arrays.fill(tasks, durations.get(row));
            jobs.add(new Job(id, "job-" + id, submitTime, JobClass.SHORT, List.of(Stage.of(tasks))));
        }
        return jobs;
    }

    private MessageType projection(MessageType schema) throws TraceException {
        List<Type> columns = new ArrayList<>();
        for (String name : List.of(SUBMISSION_TIME, DURATION, CPU_COUNT)) {
            if (schema.containsField(name)) {
                Type column = schema.getType(name);
                if (!ParquetNumbers.isNumber(column)) {
                    throw new TraceException(path, "found the column " + column + ", expected one of numbers");
                }
                columns.add(column);
            } else if (!name.equals(CPU_COUNT)) {
                throw new TraceException(
                        path,
                        "found no column " + name + ", expected the file of tasks of an OpenDC workload, with "
                                + SUBMISSION_TIME + " and " + DURATION);
            }
        }
        return new MessageType(schema.getName(), columns);
    }

    private void requireBounded(List<BlockMetaData> groups, MessageType schema) throws TraceException {
        for (BlockMetaData group : groups) {
            for (ColumnChunkMetaData column : group.getColumns()) {
                String name = column.getPath().toDotString();
                if (schema.containsField(name) && column.getTotalUncompressedSize() > MOST_COLUMN_BYTES) {
                    throw new TraceException(
                            path,
                            "found " + column.getTotalUncompressedSize() + " bytes of " + name
                                    + " in a group of rows, expected at most " + MOST_COLUMN_BYTES);
                }
            }
        }
    }

    private static void requireParquet(Path path) throws IOException {
        byte[] start;
        try (InputStream file = Files.newInputStream(path)) {
            start = file.readNBytes(MAGIC.length);
        }
        if (!Arrays.equals(start, MAGIC)) {
            throw new TraceException(path, "no Parquet file, expected the file of tasks of an OpenDC workload");
        }
    }
}
