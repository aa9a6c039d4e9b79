/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import org.apache.hadoop.yarn.api.records.ContainerExitStatus;

/** How one attempt at a task ended. */
public enum TaskEnd {
    /** Its process ended with status 0. */
    COMPLETED,
    /** Its process ended with another status by itself, or was ended by the node for what it did. */
    FAILED,
    /** Somebody ended it. */
    KILLED,
    /** The scheduler took its container. */
    PREEMPTED,
    /** Its node was lost or could not start it. */
    LOST;

    private static final int SIGNALLED = 128;
    private static final int KILL = SIGNALLED + 9;
    private static final int TERMINATE = SIGNALLED + 15;

    /** Reads YARN's exit status of a container. */
    static TaskEnd of(int exitStatus) {
        return switch (exitStatus) {
            case ContainerExitStatus.SUCCESS -> COMPLETED;
            case ContainerExitStatus.PREEMPTED, ContainerExitStatus.KILLED_BY_CONTAINER_SCHEDULER -> PREEMPTED;
            case ContainerExitStatus.ABORTED, ContainerExitStatus.DISKS_FAILED, ContainerExitStatus.INVALID -> LOST;
            case ContainerExitStatus.KILLED_BY_APPMASTER,
                    ContainerExitStatus.KILLED_BY_RESOURCEMANAGER,
                    ContainerExitStatus.KILLED_AFTER_APP_COMPLETION,
                    KILL,
                    TERMINATE -> KILLED;
            default -> FAILED;
        };
    }
}
