/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

/** What may happen to a task in a run. The names are those of events.csv. */
public enum EventKind {
    /** The central tier chose the node. */
    PLACE,
    /** The node keeps the task from launching for now. */
    HOLD,
    /** The task takes its slots. */
    LAUNCH,
    /** The task is frozen and gives its slots away. */
    PAUSE,
    /** The task is thawed and has slots again. */
    RESUME,
    /** A paused task is thawed for a moment; it stays paused. */
    PULSE_START,
    /** The end of that moment. */
    PULSE_END,
    /** The task is owed uninterrupted service from now on. */
    GUARANTEE,
    /** The task completed. */
    FINISH,
    /** The task failed. */
    FAIL,
    /** The task was killed. */
    KILL;

    /** True for the last event of a task on its node. */
    public boolean endsTask() {
        return this == FINISH || this == FAIL || this == KILL;
    }
}
