/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.Decision.Action;
import io.kairos.node.Decision.Reason;
import io.kairos.node.TaskView.State;
import java.time.Duration;
import java.util.List;

/**
 * Keep-alive pulses: paused tasks are thawed for a moment at a time, beside the slots, so that their heartbeats go out. Spark
 * drops an executor after 120 s of silence, MapReduce a task after 600 s.
 *
 * <p>The interval is a quarter of the time that Spark grants by default, so that three pulses in a row may miss. A task that is known
 * to be granted less is pulsed more often, in the same proportion.
 *
 * <p>All paused tasks of an application on the node are pulsed as one, because a thawed executor whose driver is frozen spends
 * its patience on failed heartbeats. Tasks that must not be paused are not pulsed either.
 */
final class KeepAlive<K> {
    /** A freeze that failed is tried again after this. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    /** Pulses in the time after which a task is given up. */
    private static final int PULSES_A_LIMIT = 4;

    /** The least interval, in pulses. */
    private static final int LEAST_PULSES = 10;

    private boolean enabled;
    private long intervalNanos;
    private long pulseNanos;
    private final TaskTable<K> table;
    private final DecisionLog<K> log;

    KeepAlive(NodeSettings settings, TaskTable<K> table, DecisionLog<K> log) {
        this.table = table;
        this.log = log;
        read(settings);
    }

    /** Paused tasks are due an interval of the new length after they were last heard of, a pulse under way ends as it would have. */
    void reconfigure(NodeSettings settings) {
        read(settings);
        table.inOrderOfArrival().forEach(this::schedule);
    }

    private void read(NodeSettings settings) {
        enabled = settings.keepAliveInterval().isPresent();
        intervalNanos = settings.keepAliveInterval().map(Duration::toNanos).orElse(Moments.NEVER);
        pulseNanos = settings.keepAlivePulse().toNanos();
    }

    /** A task was paused: it is due after an interval, or when another one of its application is, see {@link #pulse}. */
    void paused(Task<K> task, long now) {
        task.refrozen = false;
        task.freezeFailed = false;
        task.heardFrom = now;
        schedule(task);
    }

    /** When the task is due if it is paused, or if it turns out to be so still; never if it is not pulsed at all. */
    void schedule(Task<K> task) {
        task.pulseDue = task.launched() && pulsed(task) ? Moments.after(task.heardFrom, interval(task)) : Moments.NEVER;
    }

    /** Never so short that pulses, which take no slots, would be more than a tenth of the pause: limits are the users'. */
    private long interval(Task<K> task) {
        long own = Math.max(task.request.silenceLimitNanos() / PULSES_A_LIMIT, LEAST_PULSES * pulseNanos);
        return Math.min(intervalNanos, own);
    }

    /** A pulse could not end: the task stays thawed until a later try succeeds. */
    void endFailed(Task<K> task, long now) {
        if (!task.pulsing) {
            table.neverFrozen(task, State.PAUSED, true, now);
        }
        task.freezeFailed = true;
        task.thawedUntil = Moments.after(now, RETRY_NANOS);
    }

    /** A pulse could not begin: the task is frozen still; its next pulse comes when it would have come. */
    void startFailed(Task<K> task, long now) {
        table.change(task, State.PAUSED, false, now);
    }

    /** Ends and starts the pulses that are due. */
    void tick(long now) {
        List<Task<K>> waiting = table.waiting();
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).pulsing && waiting.get(i).thawedUntil <= now) {
                endPulse(waiting.get(i), now);
            }
        }
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).state == State.PAUSED && waiting.get(i).pulseDue <= now) {
                pulse(waiting.get(i).request.application(), now);
            }
        }
    }

    /** The earliest moment at which the paused task is to be pulsed or frozen again. */
    long nextWake(Task<K> task) {
        return task.pulsing ? Math.min(task.thawedUntil, task.pulseDue) : task.pulseDue;
    }

    /** Thaws all paused tasks of an application when the first of them is due, and puts them in phase. */
    private void pulse(String application, long now) {
        List<Task<K>> waiting = table.waiting();
        for (int i = 0; i < waiting.size(); i++) {
            Task<K> task = waiting.get(i);
            if (task.state == State.PAUSED
                    && pulsed(task)
                    && task.request.application().equals(application)) {
                task.heardFrom = now;
                schedule(task);
                startPulse(task, now);
            }
        }
    }

    private void startPulse(Task<K> task, long now) {
        long end = Moments.after(now, pulseNanos);
        if (task.pulsing) { // thawed still, because an earlier pulse could not end
            task.thawedUntil = Math.max(task.thawedUntil, end);
            return;
        }
        task.thawedUntil = end;
        table.change(task, State.PAUSED, true, now);
        log.add(Action.PULSE_START, Reason.KEEP_ALIVE, task, null, now);
    }

    private void endPulse(Task<K> task, long now) {
        table.change(task, State.PAUSED, false, now);
        log.add(Action.PULSE_END, task.freezeFailed ? Reason.FAILED_PAUSE : Reason.KEEP_ALIVE, task, null, now);
        task.refrozen = true;
        task.freezeFailed = false;
    }

    private boolean pulsed(Task<K> task) {
        return enabled && task.request.preemptable();
    }
}
