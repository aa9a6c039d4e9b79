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
 * @param silenceLimitNanos how long it may be silent until its application gives it up; {@link Long#MAX_VALUE} if that is not known
 */
public record TaskRequest<K>(
        K task, String application, int slots, long memoryMb, TaskTerms terms, long silenceLimitNanos) {
    public TaskRequest {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(terms, "terms");
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1, was " + slots);
        }
        if (silenceLimitNanos < 1) {
            throw new IllegalArgumentException("silence limit must be positive, was " + silenceLimitNanos + " ns");
        }
        if (memoryMb < 0) {
            throw new IllegalArgumentException("memory must not be negative, was " + memoryMb + " MiB");
        }
    }

    /** A task of which nobody knows how long it may be silent. */
    public TaskRequest(K task, String application, int slots, long memoryMb, TaskTerms terms) {
        this(task, application, slots, memoryMb, terms, Long.MAX_VALUE);
    }

    /** Such a task of weight 1. */
    public TaskRequest(K task, String application, int slots, long memoryMb, boolean preemptable) {
        this(task, application, slots, memoryMb, new TaskTerms(preemptable, 1));
    }

    /** The same on other terms. */
    public TaskRequest<K> on(TaskTerms other) {
        return new TaskRequest<>(task, application, slots, memoryMb, other, silenceLimitNanos);
    }

    /** The same, known to be given up when it is silent for so long. */
    public TaskRequest<K> silentAtMost(long nanos) {
        return new TaskRequest<>(task, application, slots, memoryMb, terms, nanos);
    }

    public boolean preemptable() {
        return terms.preemptable();
    }

    public double weight() {
        return terms.weight();
    }
}
