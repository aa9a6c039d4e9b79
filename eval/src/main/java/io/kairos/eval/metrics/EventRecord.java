/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decision or outcome with its numbers. What is not known to whom recorded it is null.
 *
 * @param timeSeconds when, from the start of the run
 * @param node the node it happened on
 * @param kind what happened
 * @param reason why, in the words of the deciding tier
 * @param job the task's job
 * @param task the task
 * @param attainedSeconds service the task had attained by then
 * @param counterpart the task on the other side of a preemption
 * @param running tasks of the node that have slots, after the event
 * @param paused its paused tasks, after the event
 * @param held its held tasks, after the event
 */
public record EventRecord(
        double timeSeconds,
        String node,
        EventKind kind,
        @Nullable String reason,
        @Nullable String job,
        String task,
        @Nullable Double attainedSeconds,
        @Nullable String counterpart,
        @Nullable Integer running,
        @Nullable Integer paused,
        @Nullable Integer held) {
    public EventRecord {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(task, "task");
        if (!Double.isFinite(timeSeconds)) {
            throw new IllegalArgumentException("timeSeconds must be finite, was " + timeSeconds);
        }
    }

    /** An event of which only time, place and task are known. */
    public static EventRecord of(double timeSeconds, String node, EventKind kind, String task) {
        return new EventRecord(timeSeconds, node, kind, null, null, task, null, null, null, null, null);
    }

    /** The same event at another moment. */
    public EventRecord at(double seconds) {
        return new EventRecord(
                seconds, node, kind, reason, job, task, attainedSeconds, counterpart, running, paused, held);
    }

    /** The same event with the node called by another name. */
    public EventRecord onNode(String name) {
        return new EventRecord(
                timeSeconds, name, kind, reason, job, task, attainedSeconds, counterpart, running, paused, held);
    }
}
