/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import io.kairos.eval.cluster.SchedulerKind;

/**
 * What a local cluster of real daemons is to be.
 *
 * @param release of Hadoop
 * @param nodes NodeManagers
 * @param slots N, tasks a node runs at a time
 * @param queueBound Q, tasks a node takes beyond N where the scheduler pauses tasks
 * @param taskMemoryMb memory that a node advertises for each task, mebibytes
 * @param highAvailability whether there are two ResourceManagers, and ZooKeeper
 * @param hdfs whether files are in HDFS instead of the host's own file system
 * @param docker whether tasks run in Docker containers
 * @param pauser how tasks are paused: auto, cgroup, signal or docker
 */
public record DaemonSettings(
        HadoopRelease release,
        SchedulerKind scheduler,
        int nodes,
        int slots,
        int queueBound,
        int taskMemoryMb,
        boolean highAvailability,
        boolean hdfs,
        boolean docker,
        String pauser) {
    /** Masters that a node has room for beside its tasks. */
    static final int MASTERS = 2;

    /** What the master of a MapReduce job asks for, the most that masters do by default. */
    static final int MASTER_MEMORY_MB = 1536;

    /** Memory that a node advertises: for all tasks it may be given, and beside them for masters. */
    int nodeMemoryMb() {
        return tasksPerNode() * taskMemoryMb + MASTERS * MASTER_MEMORY_MB;
    }

    /** Tasks a node takes at a time. */
    int tasksPerNode() {
        return scheduler.pauses() ? slots + queueBound : slots;
    }

    /** Share of the cluster's memory that is for masters; more would leave tasks without, and none would ever end. */
    double mastersShare() {
        return (double) MASTERS * MASTER_MEMORY_MB / nodeMemoryMb();
    }
}
