/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import java.lang.management.ManagementFactory;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ResourceScheduler;
import org.apache.hadoop.yarn.sls.SLSRunner;
import org.apache.hadoop.yarn.sls.scheduler.SchedulerMetrics;
import org.apache.hadoop.yarn.sls.scheduler.SchedulerWrapper;
import org.apache.hadoop.yarn.sls.scheduler.Tracker;
import org.jspecify.annotations.Nullable;

/** A scheduler as the simulator wants it, with its calls measured. */
interface SimulatedScheduler extends SchedulerWrapper, ResourceScheduler {
    MeasuredCalls calls();

    /** Whether that is a thread of its own for placing. */
    boolean isPlacementThread(Thread thread);

    /** What its own threads for placing took of a processor so far, nanoseconds; 0 if it has none. */
    default long placementNanos() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(this::isPlacementThread)
                .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()))
                .filter(nanos -> nanos > 0) // of a thread that has ended it is -1
                .sum();
    }

    /** Containers it has placed. */
    default long placed() {
        return getRootQueueMetrics().getAggregateAllocatedContainers();
    }

    @Override
    default Tracker getTracker() {
        return calls().tracker();
    }

    @Override
    default void setSLSRunner(SLSRunner runner) {
        calls().join(runner, this);
    }

    @Override
    default SLSRunner getSLSRunner() {
        return calls().runner();
    }

    /** None: the simulator's own are means of a hundred calls, and come with a web server. */
    @Override
    default @Nullable SchedulerMetrics getSchedulerMetrics() {
        return null;
    }
}
