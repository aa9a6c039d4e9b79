/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.function.Function;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerApplicationAttempt;
import org.apache.hadoop.yarn.server.scheduler.SchedulerRequestKey;
import org.jspecify.annotations.Nullable;

/** The tasks of an application as the ResourceManager has them; its master is none. Thread-safe; of locks it takes the application's own alone. */
final class JobTasks {
    private final Function<ApplicationAttemptId, @Nullable ContainerId> masters;

    /** @param masters the master's container of an attempt, or null while it has none */
    JobTasks(Function<ApplicationAttemptId, @Nullable ContainerId> masters) {
        this.masters = masters;
    }

    /** Tasks that have a place and have not ended. */
    int placed(SchedulerApplicationAttempt attempt) {
        @Nullable ContainerId master = masters.apply(attempt.getApplicationAttemptId());
        boolean hasMaster = master != null && attempt.getLiveContainersMap().containsKey(master);
        return Math.max(0, attempt.getLiveContainersMap().size() - (hasMaster ? 1 : 0)); // it may have ended just now
    }

    /** Those, and the ones that it asks for. */
    long unfinished(SchedulerApplicationAttempt attempt) {
        return placed(attempt) + asked(attempt);
    }

    /** Tasks that it asks for; none while it waits for its master. */
    static long asked(SchedulerApplicationAttempt attempt) {
        if (attempt.isWaitingForAMContainer()) {
            return 0;
        }
        long asked = 0;
        for (SchedulerRequestKey key : attempt.getSchedulerKeys()) {
            if (key.getContainerToUpdate() == null) {
                asked += attempt.getOutstandingAsksCount(key);
            }
        }
        return asked;
    }
}
