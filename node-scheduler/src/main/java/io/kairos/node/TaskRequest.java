/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.util.Objects;

/**
 * A task as it asks to run on a node.
 *
 * @param task the task's id, unique on the node; equals and hashCode must be stable
 * @param application the application it belongs to; tasks of one application are pulsed together
 * @param slots slots it takes while it runs, at least 1; one that wants more than the node has takes all of them
 * @param memoryMb memory it keeps from launch to end, paused or not, mebibytes
 * @param preemptable false: it is never paused once it runs
 */
public record TaskRequest<K>(K task, String application, int slots, long memoryMb, boolean preemptable) {
    public TaskRequest {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(application, "application");
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1, was " + slots);
        }
        if (memoryMb < 0) {
            throw new IllegalArgumentException("memory must not be negative, was " + memoryMb + " MiB");
        }
    }
}
