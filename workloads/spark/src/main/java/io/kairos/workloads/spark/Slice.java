/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * One task's part of the whole numbers from 0 up to a total. Immutable.
 *
 * @param from the first one
 * @param to the one after the last
 */
record Slice(long from, long to) {

    /** The part of task {@code index} of {@code count}; parts differ by one number at most. */
    static Slice of(int index, int count, long total) {
        return new Slice(boundary(index, count, total), boundary(index + 1, count, total));
    }

    private static long boundary(int index, int count, long total) {
        return total / count * index + Math.min(index, total % count);
    }

    /** The indices of {@code count} tasks, each in a partition of its own. */
    static JavaRDD<Integer> indices(SparkSession session, int count) {
        return JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(IntStream.range(0, count).boxed().toList(), count);
    }

    LongStream numbers() {
        return LongStream.range(from, to);
    }
}
