/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Real Spark jobs that check their own results: {@code pi}, {@code sort}, {@code aggregate}, {@code iterate}, {@code broadcast} and
 * {@code sql}. They are made to run through spark-submit on YARN, in client or cluster mode, while their executors are paused and
 * resumed.
 *
 * <pre>
 * spark-submit --master yarn --class io.kairos.workloads.spark.SparkJob spark-jobs.jar sort --records 2000000 --partitions 16
 * </pre>
 *
 * Data come from a seed, the answer is known without Spark: in closed form, or computed by the driver in plain Java from the same
 * generator. All sums are of whole numbers and no data depend on how they are spread. So {@code result NAME VALUE} on standard output
 * is the same for the same arguments, whatever the partitions, executors or order. A second line counts what Spark met on its way:
 *
 * <pre>
 * result sort 3097282a3a648d2b
 * counters stages=3 tasks=18 failedTasks=0 executorsRemoved=1 executorsLost=0 executorsIdle=1 resubmittedStages=0
 *     speculativeTasks=0 fetchFailures=0 cpuSeconds=3.120 seconds=7.735   (on the same line)
 * </pre>
 *
 * Executors that dynamic allocation lets go because they are idle are not lost; cpuSeconds is what the tasks took of processors,
 * seconds what the job took, its check included.
 *
 * <p>A wrong answer is one line on standard error, {@code NAME: expected ..., got ...}, and exit status 1; a wrong use is one line and
 * exit status 2. In cluster mode that line is in the diagnostics of the application, which has failed then. {@code --corrupt true}
 * spoils a job's data, to see that it notices. {@code --help} lists what each job takes.
 */
@NullMarked
package io.kairos.workloads.spark;

import org.jspecify.annotations.NullMarked;
