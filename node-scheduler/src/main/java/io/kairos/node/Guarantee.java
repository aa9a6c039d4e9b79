/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.Decision.Reason;
import io.kairos.node.TaskView.State;
import org.jspecify.annotations.Nullable;

/**
 * The starvation guard. A task preempted more than P times, or paused for longer than the maximum pause, is owed K quanta of
 * uninterrupted service from its next resume on; only once they are over does its count of preemptions start again.
 */
final class Guarantee {
    private int preemptionsBefore;
    private long lengthNanos;
    private long maxPauseNanos;

    Guarantee(NodeSettings settings) {
        reconfigure(settings);
    }

    /** What was granted stays granted; what is owed follows from the new settings. */
    void reconfigure(NodeSettings settings) {
        preemptionsBefore = settings.preemptionsBeforeGuarantee().orElse(Integer.MAX_VALUE);
        lengthNanos =
                settings.quantum().multipliedBy(settings.guaranteedQuanta()).toNanos();
        maxPauseNanos =
                settings.maxPause().isPresent() ? settings.maxPause().get().toNanos() : Moments.NEVER;
    }

    void countPreemption(Task<?> task) {
        if (task.guaranteedUntil != Moments.BEFORE_ALL) {
            task.guaranteedUntil = Moments.BEFORE_ALL;
            task.preemptionsSinceGuarantee = 0;
        }
        task.preemptions++;
        task.preemptionsSinceGuarantee++;
    }

    /** The last preemption could not be carried out. */
    void uncountPreemption(Task<?> task) {
        task.preemptions--;
        task.preemptionsSinceGuarantee--;
    }

    /** The task's resume failed: it has not had what it was granted, and is owed it still. */
    void withdraw(Task<?> task) {
        task.guaranteedUntil = Moments.BEFORE_ALL;
    }

    /** Why the paused task is owed a guarantee; null if it is not. */
    @Nullable Reason owed(Task<?> task, long now) {
        if (!task.request.preemptable()) {
            return null;
        }
        if (task.preemptionsSinceGuarantee > preemptionsBefore) {
            return Reason.PREEMPTED_TOO_OFTEN;
        }
        return overdue(task, now) ? Reason.PAUSED_TOO_LONG : null;
    }

    void grant(Task<?> task, long now) {
        task.guaranteedUntil = Moments.after(now, lengthNanos);
    }

    /**
     * True when the paused task comes before all others and may take slots from anyone. A task that must not be paused is so
     * at once; it is found paused only when it was adopted frozen and its resume failed.
     */
    boolean overdue(Task<?> task, long now) {
        return task.state == State.PAUSED && overdueAt(task) <= now;
    }

    long overdueAt(Task<?> task) {
        return task.request.preemptable() ? Moments.after(task.pausedSince, maxPauseNanos) : Moments.BEFORE_ALL;
    }
}
