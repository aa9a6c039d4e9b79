/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

/**
 * A task as it stands at one moment.
 *
 * @param attainedNanos service it has attained
 * @param preemptions times it was paused
 * @param pausedNanos time it has spent paused in all, pulses not counted
 * @param pulsing true while a paused task is thawed for a keep-alive pulse
 * @param guaranteed true while it runs and nobody may take its slots, for it was preempted too often or paused too long
 */
public record TaskView<K>(
        TaskRequest<K> request,
        State state,
        long attainedNanos,
        int preemptions,
        long pausedNanos,
        boolean pulsing,
        boolean guaranteed) {
    /** Where a task is in its life on the node. */
    public enum State {
        HELD,
        LAUNCHING,
        RUNNING,
        PAUSED
    }
}
