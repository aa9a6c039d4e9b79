/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.function.Function;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ExecutionType;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerApplicationAttempt;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.jspecify.annotations.Nullable;

/**
 * Tells tasks from everything else on a node. The node's own containers are the truth: they hold what is allocated but not
 * launched yet, and they come back by themselves after a restart. Thread-safe.
 */
final class TaskCount {
    private final Function<ApplicationAttemptId, @Nullable SchedulerApplicationAttempt> attempts;

    TaskCount(Function<ApplicationAttemptId, @Nullable SchedulerApplicationAttempt> attempts) {
        this.attempts = attempts;
    }

    int on(SchedulerNode node) {
        int tasks = 0;
        for (RMContainer container : node.getCopiedListOfRunningContainers()) {
            if (isTask(container)) {
                tasks++;
            }
        }
        return tasks;
    }

    /** AMs run beside the slots, opportunistic containers are the node's own business, an update is no new container. */
    boolean isTask(RMContainer container) {
        return container.getExecutionType() != ExecutionType.OPPORTUNISTIC
                && !container.isAMContainer()
                && !isUpdate(container)
                && !awaitsMaster(container.getApplicationAttemptId());
    }

    /** Whether all that the attempt asks for now is its AM. The container is marked as AM only once it is handed over. */
    boolean awaitsMaster(ApplicationAttemptId id) {
        @Nullable SchedulerApplicationAttempt attempt = attempts.apply(id);
        // The scheduler answers with the application's newest attempt: an older one's kept tasks stay tasks.
        return attempt != null && attempt.getApplicationAttemptId().equals(id) && attempt.isWaitingForAMContainer();
    }

    private static boolean isUpdate(RMContainer container) {
        return container.getAllocatedSchedulerKey() != null
                && container.getAllocatedSchedulerKey().getContainerToUpdate() != null;
    }
}
