/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import org.apache.spark.sql.SparkSession;

/**
 * A job that knows its answer without Spark. Jobs live in the driver and are used by one thread; what they send to
 * executors are values of their own.
 */
interface CheckedJob {

    /**
     * Computes once, with Spark, and compares.
     *
     * @param round counts from 0; the same round of the same job has the same answer
     * @return the answer, or a checksum of it
     * @throws WrongAnswerException if the answer is not what is known
     */
    long run(SparkSession session, int round);

    /** The sum of the answers of all rounds as people and evaluations read it. */
    default String print(long value) {
        return "%016x".formatted(value);
    }
}
