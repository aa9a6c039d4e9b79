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
 * @param terms on what terms it shares the node
 */
public record TaskRequest<K>(K task, String application, int slots, long memoryMb, TaskTerms terms) {
    public TaskRequest {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(terms, "terms");
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1, was " + slots);
        }
        if (memoryMb < 0) {
            throw new IllegalArgumentException("memory must not be negative, was " + memoryMb + " MiB");
        }
    }

    /** A task of weight 1. */
    public TaskRequest(K task, String application, int slots, long memoryMb, boolean preemptable) {
        this(task, application, slots, memoryMb, new TaskTerms(preemptable, 1));
    }

    /** The same on other terms. */
    public TaskRequest<K> on(TaskTerms other) {
        return new TaskRequest<>(task, application, slots, memoryMb, other);
    }

    public boolean preemptable() {
        return terms.preemptable();
    }

    public double weight() {
        return terms.weight();
    }
}
