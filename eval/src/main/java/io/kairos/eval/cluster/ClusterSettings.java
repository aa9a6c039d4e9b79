/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import java.time.Duration;

/**
 * The nodes of a local cluster; the same for every scheduler.
 *
 * @param nodes NodeManagers
 * @param slots N, tasks a node runs at a time
 * @param queueBound Q, tasks a node takes beyond N where the scheduler pauses tasks
 * @param taskMemoryMb memory of one task, mebibytes
 * @param heartbeat time between two heartbeats of a NodeManager
 * @param quantum W
 * @param pauser how tasks are paused: auto, cgroup or signal
 */
public record ClusterSettings(
        int nodes, int slots, int queueBound, int taskMemoryMb, Duration heartbeat, Duration quantum, String pauser) {
    /** Memory for application masters beside the tasks; less than one task's, so that it never makes room for one. */
    int masterMemoryMb() {
        return taskMemoryMb - 1;
    }
}
