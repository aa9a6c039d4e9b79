/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * Keeps a task busy for a time that it is not paused. Immutable.
 *
 * @param cpuSeconds CPU time that the task's thread takes
 * @param sleepSeconds time that it then waits
 */
record Hold(double cpuSeconds, double sleepSeconds) implements Serializable {

    private static final long STEP_MILLIS = 20;
    private static final int HASHES_A_LOOK = 10_000;

    /** Read by nobody; without it the compiler could leave the spinning out. */
    @SuppressWarnings("UnusedVariable")
    private static volatile long computed;

    /**
     * Returns when both times are over.
     *
     * @throws TaskKilledException if Spark does not want the task any more
     */
    void hold() {
        spin();
        sleep();
    }

    private void spin() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + (long) (cpuSeconds * 1e9);
        long hash = end;
        while (threads.getCurrentThreadCpuTime() < end) {
            for (int step = 0; step < HASHES_A_LOOK; step++) {
                hash = Hash64.of(step, hash);
            }
            computed = hash;
            stopIfKilled();
        }
    }

    /** Waits in small steps: a step in which the process was paused counts as two at most. */
    private void sleep() {
        long left = (long) (sleepSeconds * 1e9);
        while (left > 0) {
            long begin = System.nanoTime();
            try {
                Thread.sleep(Math.min(STEP_MILLIS, TimeUnit.NANOSECONDS.toMillis(left) + 1));
            } catch (InterruptedException e) {
                throw new TaskKilledException("interrupted");
            }
            left -= Math.min(System.nanoTime() - begin, TimeUnit.MILLISECONDS.toNanos(2 * STEP_MILLIS));
            stopIfKilled();
        }
    }

    private static void stopIfKilled() {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("asked to stop");
        }
    }
}
