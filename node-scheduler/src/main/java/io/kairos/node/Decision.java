/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decision of a node, with the numbers that led to it. Logs, metrics and event files are made from these alone.
 *
 * @param action what is to be done
 * @param reason why
 * @param task the task it is done to
 * @param application the task's application
 * @param timeNanos when it was decided, on the caller's clock
 * @param attainedNanos service the task had attained by then
 * @param weight of the task; what the policy compares is attained service over weight
 * @param preemptions times it had been paused by then, this decision included
 * @param counterpart the task on the other side: the one that takes a victim's slot, or whose slot is taken; null if none
 * @param counterpartAttainedNanos service that task had attained by then; 0 if there is none
 * @param counterpartWeight of that task; 1 if there is none
 * @param running tasks that hold slots after this decision (launching or running)
 * @param paused paused tasks after this decision
 * @param held held tasks after this decision
 */
public record Decision<K>(
        Action action,
        Reason reason,
        K task,
        String application,
        long timeNanos,
        long attainedNanos,
        double weight,
        int preemptions,
        @Nullable K counterpart,
        long counterpartAttainedNanos,
        double counterpartWeight,
        int running,
        int paused,
        int held) {

    /** What a node does to a task. */
    public enum Action {
        /** Keep the task from launching for now. */
        HOLD,
        /** Launch it. */
        LAUNCH,
        /** Freeze it; its slots are given away. */
        PAUSE,
        /** Thaw it; it has slots again. */
        RESUME,
        /** Thaw a paused task for a moment; it has no slots. */
        PULSE_START,
        /** Freeze it again. */
        PULSE_END,
        /** Nothing to carry out: the task is owed uninterrupted service from now on. */
        GUARANTEE
    }

    /** Why a node does it. */
    public enum Reason {
        ARRIVAL,
        FREE_SLOT,
        QUANTUM,
        NO_SLOT,
        NO_MEMORY,
        BOUND,
        PREEMPTED_TOO_OFTEN,
        PAUSED_TOO_LONG,
        KEEP_ALIVE,
        FAILED_PAUSE,
        FAILED_RESUME,
        ADOPTED,
        /** The node's settings changed, or the task's terms. */
        SETTINGS
    }

    public Decision {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(application, "application");
    }
}
