/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.api.records.SchedulingRequest;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.Allocation;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ContainerUpdates;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.event.SchedulerEvent;
import org.jspecify.annotations.Nullable;

/** CapacityScheduler in the simulator. */
public final class SimulatedCapacityScheduler extends CapacityScheduler implements SimulatedScheduler {
    /** One proposes, the other commits. */
    private static final Set<String> PLACEMENT_THREADS = Set.of("AsyncScheduleThread", "ResourceCommitterService");

    private final MeasuredCalls calls = new MeasuredCalls();

    @Override
    public boolean isPlacementThread(Thread thread) {
        return PLACEMENT_THREADS.contains(thread.getClass().getSimpleName());
    }

    @Override
    public void handle(SchedulerEvent event) {
        calls.handle(event, rmContext, () -> propagatedHandle(event));
    }

    @Override
    public void propagatedHandle(SchedulerEvent event) {
        super.handle(event);
    }

    @Override
    public Allocation allocate(
            ApplicationAttemptId attempt,
            List<ResourceRequest> asks,
            @Nullable List<SchedulingRequest> schedulingRequests,
            List<ContainerId> releases,
            @Nullable List<String> blacklistAdditions,
            @Nullable List<String> blacklistRemovals,
            ContainerUpdates updates) {
        return calls.allocate(() -> allocatePropagated(
                attempt, asks, schedulingRequests, releases, blacklistAdditions, blacklistRemovals, updates));
    }

    @Override
    public Allocation allocatePropagated(
            ApplicationAttemptId attempt,
            List<ResourceRequest> asks,
            @Nullable List<SchedulingRequest> schedulingRequests,
            List<ContainerId> releases,
            @Nullable List<String> blacklistAdditions,
            @Nullable List<String> blacklistRemovals,
            ContainerUpdates updates) {
        return super.allocate(
                attempt, asks, schedulingRequests, releases, blacklistAdditions, blacklistRemovals, updates);
    }

    @Override
    public MeasuredCalls calls() {
        return calls;
    }

    @Override
    public String getRealQueueName(String queue) {
        return getQueue(queue).getQueuePath();
    }
}
