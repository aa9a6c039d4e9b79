/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.demo;

import io.kairos.eval.cluster.SchedulerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a demo runs.
 *
 * @param schedulers in the order they run; the others are compared with the first
 * @param nodes NodeManagers
 * @param slots N, tasks a node runs at a time
 * @param queueBound Q, tasks a node takes beyond N where the scheduler pauses tasks
 * @param quantum W
 * @param patience of an application under the job-aware policy
 * @param pauser how tasks are paused: auto, cgroup, signal or docker
 * @param docker whether tasks run in Docker containers, under every scheduler
 * @param managedMaster true: an application master in a container for each job
 * @param seed of the workload and the runs
 * @param out an existing folder for all files
 */
public record DemoSettings(
        List<SchedulerKind> schedulers,
        int nodes,
        int slots,
        int queueBound,
        Duration quantum,
        Duration patience,
        String pauser,
        boolean docker,
        boolean managedMaster,
        long seed,
        Path out) {
    /** The most jobs that may have a master in a container each: their memory on a node must stay a whole number. */
    public static final int MOST_MASTERS = 4000;

    public DemoSettings {
        schedulers = List.copyOf(schedulers);
    }
}
