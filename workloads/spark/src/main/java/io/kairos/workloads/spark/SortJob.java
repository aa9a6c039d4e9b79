/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Sorts generated records by key: a sample for the ranges, a shuffle, a sort of each range. Count, order within and across
 * partitions and the sum of the records' hashes must be right; together they leave one sequence only.
 */
final class SortJob implements CheckedJob {

    static final List<Option> OPTIONS = List.of(
            Option.whole("records", 200_000, 1, 10_000_000_000L, "records to sort"),
            Option.whole("bytes", 32, 0, 1_000_000, "payload of a record, in bytes"));

    private final long records;
    private final int bytes;
    private final int partitions;
    private final long seed;
    private final boolean corrupt;

    SortJob(Arguments arguments) {
        arguments.requireNoWords();
        this.records = arguments.whole("records");
        this.bytes = arguments.count("bytes");
        this.partitions = arguments.count(CommonOptions.PARTITIONS);
        this.seed = arguments.whole(CommonOptions.SEED);
        this.corrupt = arguments.flag(CommonOptions.CORRUPT);
    }

    @Override
    public long run(SparkSession session, int round) {
        long total = records;
        int tasks = partitions;
        SortRecords source = new SortRecords(Hash64.of(round, seed), bytes, corrupt);
        List<SortedRun> runs = Slice.indices(session, tasks)
                .flatMapToPair(index -> source.of(Slice.of(index, tasks, total)))
                .sortByKey(true, tasks)
                .mapPartitions(sorted -> List.of(SortedRun.of(sorted).packed()).iterator())
                .collect()
                .stream()
                .map(SortedRun::unpacked)
                .toList();
        return check(runs, source);
    }

    /**
     * Returns what the hashes of the records add up to, if all is right.
     *
     * @param runs in the order of the partitions
     */
    long check(List<SortedRun> runs, SortRecords source) {
        SortedRun all = SortedRun.joined(runs);
        WrongAnswerException.unlessEqual("records", records, all.records());
        WrongAnswerException.unlessEqual("records out of order", 0, all.inversions());
        WrongAnswerException.unlessEqual("as the sum of hashes", source.hashes(new Slice(0, records)), all.hashes());
        return all.hashes();
    }
}
