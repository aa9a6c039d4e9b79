/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A fact table and four dimensions of the Star Schema Benchmark's shape, and thirteen queries over them, each twice: as SQL for
 * Spark and in plain Java. Nothing is stored: both generate the rows from a seed as they go. The data and the queries are our own,
 * so times cannot be compared with published ones of that benchmark.
 */
@NullMarked
package io.kairos.workloads.spark.star;

import org.jspecify.annotations.NullMarked;
