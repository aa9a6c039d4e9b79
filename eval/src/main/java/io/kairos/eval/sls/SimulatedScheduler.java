/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ResourceScheduler;
import org.apache.hadoop.yarn.sls.SLSRunner;
import org.apache.hadoop.yarn.sls.scheduler.SchedulerMetrics;
import org.apache.hadoop.yarn.sls.scheduler.SchedulerWrapper;
import org.apache.hadoop.yarn.sls.scheduler.Tracker;
import org.jspecify.annotations.Nullable;

/** A scheduler as the simulator wants it, with its calls measured. */
interface SimulatedScheduler extends SchedulerWrapper, ResourceScheduler {
    MeasuredCalls calls();

    /** What its own thread for placing took of a processor so far, nanoseconds; 0 if it has none. */
    long placementNanos();

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
