/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/**
 * What a task found in its partition of a sorted collection. Immutable.
 *
 * @param records how many
 * @param first key of the first record, 0 if there is none
 * @param last key of the last record, 0 if there is none
 * @param inversions records with a smaller key than the one before
 * @param hashes sum of the records' hashes
 */
record SortedRun(long records, long first, long last, long inversions, long hashes) {

    static SortedRun of(Iterator<Tuple2<Long, byte[]>> sorted) {
        long records = 0;
        long first = 0;
        long last = 0;
        long inversions = 0;
        long hashes = 0;
        while (sorted.hasNext()) {
            Tuple2<Long, byte[]> next = sorted.next();
            long key = next._1();
            if (records == 0) {
                first = key;
            } else if (key < last) {
                inversions++;
            }
            last = key;
            records++;
            hashes += SortRecords.hash(key, next._2());
        }
        return new SortedRun(records, first, last, inversions, hashes);
    }

    /** One after the other, as if they were one partition. */
    static SortedRun joined(List<SortedRun> runs) {
        return runs.stream().reduce(new SortedRun(0, 0, 0, 0, 0), SortedRun::before);
    }

    private SortedRun before(SortedRun next) {
        if (records == 0 || next.records == 0) {
            return records == 0 ? next : this;
        }
        long between = next.first < last ? 1 : 0;
        return new SortedRun(
                records + next.records, first, next.last, inversions + between + next.inversions, hashes + next.hashes);
    }

    /** As numbers alone, which every serializer of Spark takes. */
    long[] packed() {
        return new long[] {records, first, last, inversions, hashes};
    }

    static SortedRun unpacked(long[] packed) {
        return new SortedRun(packed[0], packed[1], packed[2], packed[3], packed[4]);
    }
}
