/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Adds up the entries of a table that many numbers refer to, twice: with the table as a broadcast variable that every task
 * reads, and by a broadcast join. Both sums must be that of plain Java.
 */
final class BroadcastJob implements CheckedJob {

    static final List<Option> OPTIONS = List.of(
            Option.whole("records", 2_000_000, 1, 10_000_000_000L, "numbers that refer to an entry"),
            Option.whole("entries", 100_000, 1, 100_000_000, "entries of the table, 8 bytes each"));

    /** Values are below this, so that sums are exact. */
    private static final long VALUES = 1_000_000;

    private final long records;
    private final int entries;
    private final int partitions;
    private final long seed;
    private final boolean corrupt;

    BroadcastJob(Arguments arguments) {
        arguments.requireNoWords();
        this.records = arguments.whole("records");
        this.entries = arguments.count("entries");
        this.partitions = arguments.count(CommonOptions.PARTITIONS);
        this.seed = arguments.whole(CommonOptions.SEED);
        this.corrupt = arguments.flag(CommonOptions.CORRUPT);
    }

    @Override
    public long run(SparkSession session, int round) {
        Draw entry = new Draw(Hash64.of(2L * round, seed), entries);
        Draw value = new Draw(Hash64.of(2L * round + 1, seed), VALUES);
        long[] table = IntStream.range(0, entries).mapToLong(value::of).toArray();
        long expected = add(table, entry, new Slice(0, records));
        if (corrupt) {
            table[(int) entry.of(0)]++;
        }
        WrongAnswerException.unlessEqual("as the sum by a variable", expected, byVariable(session, table, entry));
        WrongAnswerException.unlessEqual("as the sum by a join", expected, byJoin(joined(session, entry, value)));
        return expected;
    }

    private long byVariable(SparkSession session, long[] table, Draw entry) {
        long total = records;
        int tasks = partitions;
        Broadcast<long[]> everywhere =
                JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(table);
        long sum = Slice.indices(session, tasks)
                .map(index -> add(everywhere.value(), entry, Slice.of(index, tasks, total)))
                .reduce(Long::sum);
        everywhere.unpersist(false);
        return sum;
    }

    private static long add(long[] table, Draw entry, Slice numbers) {
        return numbers.numbers().map(number -> table[(int) entry.of(number)]).sum();
    }

    /** Each number with its entry's value. */
    Dataset<Row> joined(SparkSession session, Draw entry, Draw value) {
        Dataset<Row> numbers =
                session.range(0, records, 1, partitions).selectExpr("id as number", entry.sql() + " as entry");
        Dataset<Row> table = session.range(entries).selectExpr("id as entry", value.sql() + " as value");
        return numbers.join(broadcast(table), "entry");
    }

    private static long byJoin(Dataset<Row> joined) {
        return joined.agg(sum("value")).first().getLong(0);
    }

    @Override
    public String print(long value) {
        return String.valueOf(value);
    }
}
