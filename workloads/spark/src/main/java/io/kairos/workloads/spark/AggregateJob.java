/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Sums the numbers from 0 up by key: maps, a shuffle, reduces. What each key adds up to is known in closed form. Every task
 * can be held busy first, so that long jobs need little data.
 */
final class AggregateJob implements CheckedJob {

    static final List<Option> OPTIONS = List.of(
            Option.whole("records", 1_000_000, 1, 3_000_000_000L, "numbers to add up"),
            Option.whole("keys", 100, 1, 1_000_000, "keys that they are spread over"),
            Option.whole("reducers", 4, 1, 10_000, "tasks of the second stage"),
            Option.decimal("seconds-per-task", 0, 0, 86_400, "CPU seconds that each task spins"),
            Option.decimal("sleep", 0, 0, 86_400, "seconds that each task waits, pauses not counted"));

    private final long records;
    private final int keys;
    private final int reducers;
    private final Hold hold;
    private final int partitions;
    private final long seed;
    private final boolean corrupt;

    AggregateJob(Arguments arguments) {
        arguments.requireNoWords();
        this.records = arguments.whole("records");
        this.keys = arguments.count("keys");
        this.reducers = arguments.count("reducers");
        this.hold = new Hold(arguments.decimal("seconds-per-task"), arguments.decimal("sleep"));
        this.partitions = arguments.count(CommonOptions.PARTITIONS);
        this.seed = arguments.whole(CommonOptions.SEED);
        this.corrupt = arguments.flag(CommonOptions.CORRUPT);
    }

    @Override
    public long run(SparkSession session, int round) {
        long total = records;
        int tasks = partitions;
        Hold eachTask = hold;
        KeyedNumbers numbers = new KeyedNumbers(keys, Hash64.below(keys, round, seed), corrupt);
        List<Tuple2<Integer, Long>> sums = Slice.indices(session, tasks)
                .flatMapToPair(index -> {
                    eachTask.hold();
                    return numbers.of(Slice.of(index, tasks, total));
                })
                .reduceByKey(Long::sum, reducers)
                .mapPartitions(reduced -> {
                    eachTask.hold();
                    return reduced;
                })
                .collect();
        return check(sums, numbers);
    }

    long check(List<Tuple2<Integer, Long>> sums, KeyedNumbers numbers) {
        WrongAnswerException.unlessEqual("keys", Math.min(keys, records), sums.size());
        long checksum = 0;
        for (Tuple2<Integer, Long> sum : sums) {
            int key = sum._1();
            WrongAnswerException.unlessEqual("as the sum of key " + key, numbers.sum(key, records), sum._2());
            checksum += Hash64.of(sum._2(), key);
        }
        return checksum;
    }
}
