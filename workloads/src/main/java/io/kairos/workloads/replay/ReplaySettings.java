/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.time.Duration;

/**
 * How a workload is replayed.
 *
 * @param queue YARN queue all jobs go to
 * @param taskMemoryMb memory of a task's container; it also takes one vcore
 * @param heartbeat time between two calls of a job to the ResourceManager while nothing is due
 * @param attemptsPerTask attempts at a task before its job fails
 * @param managedMaster true: a real application master in a container of its own for each job, on this host; false: one
 *     inside this process
 * @param masterMemoryMb memory of such a container
 */
public record ReplaySettings(
        String queue,
        int taskMemoryMb,
        Duration heartbeat,
        int attemptsPerTask,
        boolean managedMaster,
        int masterMemoryMb) {

    public static final ReplaySettings DEFAULTS =
            new ReplaySettings("default", 128, Duration.ofMillis(200), 4, false, 512);

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public ReplaySettings {
        require("queue", queue, !queue.isBlank(), "a queue's name");
        require("task memory", taskMemoryMb, taskMemoryMb >= 1, "1 MB or more");
        require("heartbeat", heartbeat, heartbeat.toMillis() >= 10 && heartbeat.toMillis() <= 60_000, "10 ms to 60 s");
        require("attempts a task", attemptsPerTask, attemptsPerTask >= 1, "1 or more");
        require("master memory", masterMemoryMb, masterMemoryMb >= 64, "64 MB or more");
    }

    public ReplaySettings withQueue(String other) {
        return new ReplaySettings(other, taskMemoryMb, heartbeat, attemptsPerTask, managedMaster, masterMemoryMb);
    }

    public ReplaySettings withTaskMemoryMb(int other) {
        return new ReplaySettings(queue, other, heartbeat, attemptsPerTask, managedMaster, masterMemoryMb);
    }

    public ReplaySettings withHeartbeat(Duration other) {
        return new ReplaySettings(queue, taskMemoryMb, other, attemptsPerTask, managedMaster, masterMemoryMb);
    }

    public ReplaySettings withAttemptsPerTask(int other) {
        return new ReplaySettings(queue, taskMemoryMb, heartbeat, other, managedMaster, masterMemoryMb);
    }

    public ReplaySettings withManagedMaster(boolean other) {
        return new ReplaySettings(queue, taskMemoryMb, heartbeat, attemptsPerTask, other, masterMemoryMb);
    }

    public ReplaySettings withMasterMemoryMb(int other) {
        return new ReplaySettings(queue, taskMemoryMb, heartbeat, attemptsPerTask, managedMaster, other);
    }

    private static void require(String what, Object value, boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": " + value + ", expected " + expected);
        }
    }
}
