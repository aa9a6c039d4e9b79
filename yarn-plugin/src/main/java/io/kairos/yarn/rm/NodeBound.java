/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.SchedulerContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.jspecify.annotations.Nullable;

/** At most N + Q tasks a node: what that is for a node now, and whether a placement keeps to it. Thread-safe. */
final class NodeBound {
    private final TaskCount tasks;
    private final Function<NodeId, Optional<ReportBook.Latest>> reports;

    /** @param reports what a node said last */
    NodeBound(TaskCount tasks, Function<NodeId, Optional<ReportBook.Latest>> reports) {
        this.tasks = tasks;
        this.reports = reports;
    }

    /** N and Q of a node as they are applied now: what it reported, or a stock node's vcores until its first report. */
    NodeCapacity capacity(SchedulerNode node) {
        return capacity(node, reports.apply(node.getNodeID()));
    }

    /** @param report what the node said last */
    static NodeCapacity capacity(SchedulerNode node, Optional<ReportBook.Latest> report) {
        return report.map(ReportBook.Latest::capacity)
                .orElseGet(() ->
                        new NodeCapacity(Math.max(1, node.getTotalResource().getVirtualCores()), 0));
    }

    /** Whether the node may take what the attempt asks for now: its AM always, a task below the bound. */
    boolean mayTake(SchedulerNode node, ApplicationAttemptId attempt) {
        return tasks.on(node) < capacity(node).bound() || tasks.awaitsMaster(attempt);
    }

    /** Whether each node keeps to its bound with that on it. What is no task is not bound. */
    boolean holdsAfter(List<Planned> planned) {
        for (Planned one : planned) {
            if (one.isTask() && one.tasks() - released(one) >= one.bound()) {
                return false;
            }
        }
        return true;
    }

    /** Tasks that leave the node in the same proposal, to make room. */
    private int released(Planned planned) {
        @Nullable List<SchedulerContainer<FiCaSchedulerApp, FiCaSchedulerNode>> releases =
                planned.proposal().getToRelease();
        if (releases == null || releases.isEmpty()) {
            return 0;
        }
        List<RMContainer> present = planned.node().getCopiedListOfRunningContainers();
        return (int) releases.stream()
                .map(SchedulerContainer::getRmContainer)
                .filter(container -> present.contains(container) && tasks.isTask(container))
                .count();
    }
}
