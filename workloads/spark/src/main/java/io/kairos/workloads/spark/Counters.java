/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FetchFailed;
import org.apache.spark.Success$;
import org.apache.spark.TaskCommitDenied;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.UnknownReason$;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.jspecify.annotations.Nullable;

/**
 * Counts what Spark met while a job ran, to tell whether pauses cost anything. Spark calls it from one thread, any thread may
 * read. It is complete once the listener bus is empty, as it is after the session was stopped.
 */
final class Counters extends SparkListener {

    /** What Spark says of an executor that it has let go itself, as dynamic allocation does with idle ones. */
    static final String IDLE = "Executor killed by driver.";

    private final AtomicLong stages = new AtomicLong();
    private final AtomicLong resubmittedStages = new AtomicLong();
    private final AtomicLong tasks = new AtomicLong();
    private final AtomicLong failedTasks = new AtomicLong();
    private final AtomicLong fetchFailures = new AtomicLong();
    private final AtomicLong speculativeTasks = new AtomicLong();
    private final Set<String> removedExecutors = ConcurrentHashMap.newKeySet();
    private final AtomicLong executorsLost = new AtomicLong();
    private final AtomicLong executorsIdle = new AtomicLong();
    private final AtomicLong cpuNanos = new AtomicLong();
    private volatile boolean ended;

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        if (event.stageInfo().attemptNumber() > 0) {
            resubmittedStages.incrementAndGet();
        }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted event) {
        stages.incrementAndGet();
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        if (event.taskInfo().speculative()) {
            speculativeTasks.incrementAndGet();
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        TaskEndReason reason = event.reason();
        cpuNanos.addAndGet(cpuNanos(event.taskMetrics()));
        if (reason.equals(Success$.MODULE$)) {
            tasks.incrementAndGet();
        } else if (isFailure(reason)) {
            failedTasks.incrementAndGet();
        }
        if (reason instanceof FetchFailed) {
            fetchFailures.incrementAndGet();
        }
    }

    /** Spark knows no metrics of an attempt that was lost with its executor. */
    private static long cpuNanos(@Nullable TaskMetrics metrics) {
        return metrics == null ? 0 : metrics.executorCpuTime() + metrics.executorDeserializeCpuTime();
    }

    /** Killed is the loser of two attempts, resubmitted a task that had succeeded; neither has failed. */
    private static boolean isFailure(TaskEndReason reason) {
        return reason instanceof ExceptionFailure
                || reason instanceof FetchFailed
                || reason instanceof ExecutorLostFailure
                || reason instanceof TaskCommitDenied
                || reason.equals(TaskResultLost$.MODULE$)
                || reason.equals(UnknownReason$.MODULE$);
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        // All executors go when the application has ended; none of them is lost. Of one that died Spark may tell twice.
        if (ended || !removedExecutors.add(event.executorId())) {
            return;
        }
        if (event.reason().equals(IDLE)) {
            executorsIdle.incrementAndGet();
        } else {
            executorsLost.incrementAndGet();
        }
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd event) {
        ended = true;
    }

    /**
     * One line. Tasks are those that succeeded, stages those that completed, failed ones included.
     *
     * @param seconds what the job took, from its session to its checked answer
     */
    String line(double seconds) {
        return String.format(
                Locale.ROOT,
                "counters stages=%d tasks=%d failedTasks=%d executorsRemoved=%d executorsLost=%d executorsIdle=%d"
                        + " resubmittedStages=%d speculativeTasks=%d fetchFailures=%d cpuSeconds=%.3f seconds=%.3f",
                stages.get(),
                tasks.get(),
                failedTasks.get(),
                removedExecutors.size(),
                executorsLost.get(),
                executorsIdle.get(),
                resubmittedStages.get(),
                speculativeTasks.get(),
                fetchFailures.get(),
                cpuNanos.get() / 1e9,
                seconds);
    }
}
