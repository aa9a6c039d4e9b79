/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.scheduler.ExecutorKilled$;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.apache.spark.shuffle.FetchFailedException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockManagerId;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.Tuple2;

class CountersTest {

    private static final String BLANK = "counters stages=0 tasks=0 failedTasks=0 executorsRemoved=0 executorsLost=0"
            + " executorsIdle=0 resubmittedStages=0 speculativeTasks=0 fetchFailures=0 cpuSeconds=0.000 seconds=0.500";

    private final Counters counters = new Counters();

    @Test
    void aTaskThatFailsOnceIsCountedAndItsSecondAttemptToo() {
        SparkSession session = listened();
        Slice.indices(session, 3)
                .map(index -> {
                    if (index == 1 && TaskContext.get().attemptNumber() == 0) {
                        throw new IllegalStateException("the first attempt fails");
                    }
                    return index;
                })
                .collect();
        assertThat(line()).contains("stages=1 tasks=3 failedTasks=1 ").contains("resubmittedStages=0 ");
    }

    @Test
    void mapOutputThatCannotBeFetchedIsCountedAndTheStagesThatRunAgain() {
        SparkSession session = listened();
        JavaPairRDD<Integer, Integer> sums = Slice.indices(session, 2)
                .mapToPair(index -> new Tuple2<>(index, 1))
                .reduceByKey(Integer::sum, 2);
        int shuffle = ((ShuffleDependency<?, ?, ?>) sums.rdd().dependencies().head()).shuffleId();
        List<Tuple2<Integer, Integer>> result = sums.mapPartitions(part -> {
                    TaskContext task = TaskContext.get();
                    if (task.partitionId() == 0 && task.stageAttemptNumber() == 0) {
                        // Of the one executor there is it must not be: Spark would give that up.
                        throw new FetchFailedException(
                                BlockManagerId.apply("gone", "127.0.0.1", 1, Option.empty()),
                                shuffle,
                                0L,
                                0,
                                0,
                                "it is gone",
                                null);
                    }
                    return part;
                })
                .collect();
        assertThat(result).hasSize(2);
        assertThat(line())
                .contains("failedTasks=1 ")
                .contains("resubmittedStages=2 ")
                .contains("fetchFailures=1 ");
    }

    @Test
    void theCpuTimeOfTheTasksIsCounted() {
        SparkSession session = listened();
        Hold spin = new Hold(0.2, 0);
        Slice.indices(session, 3).foreach(index -> spin.hold());
        assertThat(Double.parseDouble(line().replaceFirst(".* cpuSeconds=(\\S+) .*", "$1")))
                .isBetween(0.6, 3.0);
    }

    @Test
    void anIdleExecutorThatIsLetGoIsNotLost() {
        removed("1", "Executor heartbeat timed out after 144671 ms");
        removed("2", ExecutorKilled$.MODULE$.toString());
        removed("3", ExecutorKilled$.MODULE$.toString());
        assertThat(counters.line(0.5)).contains("executorsRemoved=3 executorsLost=1 executorsIdle=2 ");
    }

    @Test
    void anExecutorThatSparkTellsOfTwiceIsLostOnce() {
        removed("1", "Container from a bad node: exit status 137");
        removed("1", "Container from a bad node: exit status 137");
        assertThat(counters.line(0.5)).contains("executorsRemoved=1 executorsLost=1 executorsIdle=0 ");
    }

    @Test
    void executorsThatGoWhenTheApplicationHasEndedAreNotLost() {
        counters.onApplicationEnd(new SparkListenerApplicationEnd(2));
        removed("1", "Command exited with code 0");
        assertThat(counters.line(0.5)).isEqualTo(BLANK);
    }

    @Test
    void onlySpeculativeTasksAreSpeculative() {
        started(false);
        assertThat(counters.line(0.5)).isEqualTo(BLANK);
        started(true);
        assertThat(counters.line(0.5)).contains("speculativeTasks=1 ");
    }

    private void removed(String executor, String reason) {
        counters.onExecutorRemoved(new SparkListenerExecutorRemoved(1, executor, reason));
    }

    private void started(boolean speculative) {
        counters.onTaskStart(new SparkListenerTaskStart(
                0, 0, new TaskInfo(1, 0, 0, 0, 1, "1", "host", TaskLocality.ANY(), speculative)));
    }

    private SparkSession listened() {
        SparkSession session = LocalSpark.session();
        LocalSpark.waitForListeners();
        session.sparkContext().addSparkListener(counters);
        return session;
    }

    private String line() {
        LocalSpark.waitForListeners();
        LocalSpark.session().sparkContext().removeSparkListener(counters);
        return counters.line(1);
    }
}
