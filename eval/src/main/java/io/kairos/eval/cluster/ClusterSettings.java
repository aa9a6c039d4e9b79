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
 * @param masters application masters that may be in containers at a time
 * @param masterMemoryMb memory of one of them, mebibytes
 * @param heartbeat time between two heartbeats of a NodeManager
 * @param quantum W
 * @param patience of an application under the job-aware policy
 * @param pauser how tasks are paused: auto, cgroup, signal or docker
 * @param docker whether tasks run in Docker containers
 */
public record ClusterSettings(
        int nodes,
        int slots,
        int queueBound,
        int taskMemoryMb,
        int masters,
        int masterMemoryMb,
        Duration heartbeat,
        Duration quantum,
        Duration patience,
        String pauser,
        boolean docker) {
    /**
     * Memory of a node: that of the tasks, and beside it room for every master, should they all come to this node. So no
     * master waits for a task's room or takes it, and as that room is less than one task's, no task takes theirs.
     *
     * @throws IllegalArgumentException one line, if all masters of a node take as much as a task
     */
    int nodeMemoryMb(int tasks) {
        if (taskMemoryMb <= masters * masterMemoryMb) {
            throw new IllegalArgumentException("taskMemoryMb " + taskMemoryMb + ": expected more than the "
                    + masters * masterMemoryMb + " of all masters, whose room would else hold a task");
        }
        return tasks * taskMemoryMb + masters * masterMemoryMb;
    }
}
