/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class HoldTest {

    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

    @Test
    void spinningTakesCpuTime() {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        new Hold(0.2, 0).hold();
        long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        assertThat(taken).isBetween(200_000_000L, 1_000_000_000L);
    }

    @Test
    void waitingTakesTimeAndHardlyAnyCpuTime() {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        new Hold(0, 0.3).hold();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(300_000_000L);
        assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before)
                .isLessThan(200_000_000L);
    }

    @Test
    void aTaskThatIsInterruptedStopsWaiting() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Hold(0, 600).hold()).isInstanceOf(TaskKilledException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aTaskThatSparkKillsStopsSpinning() {
        SparkSession session = LocalSpark.session();
        Hold tenMinutes = new Hold(600, 0);
        JavaFutureAction<Void> job = Slice.indices(session, 2).foreachAsync(index -> tenMinutes.hold());
        await().atMost(ONE_MINUTE).until(() -> running(session) > 0);
        job.cancel(true);
        await().atMost(ONE_MINUTE).until(() -> running(session) == 0);
    }

    private static int running(SparkSession session) {
        return session.sparkContext().statusTracker().getExecutorInfos()[0].numRunningTasks();
    }
}
