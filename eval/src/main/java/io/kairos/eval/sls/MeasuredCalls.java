/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.server.resourcemanager.RMContext;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.AppAttemptAddedSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.AppRemovedSchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.SchedulerEvent;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.SchedulerEventType;
import org.apache.hadoop.yarn.sls.SLSRunner;
import org.apache.hadoop.yarn.sls.scheduler.Tracker;
import org.jspecify.annotations.Nullable;

/**
 * Both entrances of a scheduler, measured; the same for every scheduler. Thread-safe: events come from one thread, masters' calls
 * from several.
 */
final class MeasuredCalls {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = 50_000;

    private final CallTimes heartbeats = new CallTimes();
    private final CallTimes otherEvents = new CallTimes();
    private final CallTimes allocations = new CallTimes();
    private final Tracker tracker = new Tracker();
    private volatile @Nullable Simulation simulation;

    /** Lets the scheduler handle the event. */
    void handle(SchedulerEvent event, RMContext context, Runnable handle) {
        if (event instanceof AppAttemptAddedSchedulerEvent added) {
            awaitKnown(added.getApplicationAttemptId().getApplicationId());
        }
        (event.getType() == SchedulerEventType.NODE_UPDATE ? heartbeats : otherEvents).measure(() -> {
            handle.run();
            return true;
        });
        @Nullable Simulation running = simulation;
        if (running != null && event instanceof AppRemovedSchedulerEvent removed) {
            ApplicationId id = removed.getApplicationID();
            running.ended(id, context.getRMApps().get(id));
        }
    }

    /** Lets the scheduler answer a master. */
    <T> T allocate(Supplier<T> allocate) {
        return allocations.measure(allocate);
    }

    /**
     * The simulator learns an application's number only after it has submitted it, and fails if its master is placed before. It
     * would be, now and then, by a scheduler that does not wait for a heartbeat.
     */
    private void awaitKnown(ApplicationId id) {
        long start = System.nanoTime();
        while (runner().getAMSimulatorByAppId(id) == null) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("the simulator does not know " + id);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Lets the simulation and its scheduler know each other. */
    void join(SLSRunner runner, SimulatedScheduler scheduler) {
        Simulation joined = (Simulation) runner;
        joined.scheduler(scheduler);
        simulation = joined;
    }

    Simulation runner() {
        @Nullable Simulation running = simulation;
        if (running == null) {
            throw new IllegalStateException("the simulation has not started");
        }
        return running;
    }

    Tracker tracker() {
        return tracker;
    }

    CallFigures heartbeats() {
        return heartbeats.figures();
    }

    CallFigures allocations() {
        return allocations.figures();
    }

    SlsRun.Processor processor(long placementNanos) {
        return new SlsRun.Processor(
                heartbeats.processorMillis() + otherEvents.processorMillis(),
                allocations.processorMillis(),
                placementNanos / 1e6);
    }
}
