/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.Optional;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.activities.DiagnosticsCollector;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.SchedulingMode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.placement.LocalityAppPlacementAllocator;

/**
 * Stock placement of an application's asks, except that a node at its bound is passed over for tasks. So a full node costs
 * neither a proposal that is refused nor a reservation, and an AM still finds it open. The ResourceManager makes one for each
 * kind of ask; the bound itself is kept at commit, also for applications that bring their own class.
 *
 * @param <N> the scheduler's kind of node
 */
public class BoundedPlacementAllocator<N extends SchedulerNode> extends LocalityAppPlacementAllocator<N> {
    @Override
    public boolean precheckNode(
            SchedulerNode node, SchedulingMode schedulingMode, Optional<DiagnosticsCollector> diagnostics) {
        return super.precheckNode(node, schedulingMode, diagnostics) && mayTake(node);
    }

    private boolean mayTake(SchedulerNode node) {
        return schedulerRequestKey.getContainerToUpdate() != null
                || !(rmContext.getScheduler() instanceof KairosScheduler scheduler)
                || scheduler.mayTake(node, appSchedulingInfo.getApplicationAttemptId());
    }
}
