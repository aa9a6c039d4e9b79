/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * How much of a wide job is sent where it has to share a slot: most of it waits centrally, where it is in nobody's way and can still go
 * wherever a slot comes free. Immutable, so thread-safe.
 *
 * @param tasks B: a job with so many placed tasks that have not ended takes free slots only; at least 1
 */
public record HoldBack(int tasks) {
    /** Never holds anything back. */
    public static final HoldBack NONE = new HoldBack(Integer.MAX_VALUE);

    public HoldBack {
        if (tasks < 1) {
            throw new IllegalArgumentException("tasks before a job is held back must be at least 1, was " + tasks);
        }
    }

    /**
     * Whether a job may have one more task where it would share a slot.
     *
     * @param placed its placed tasks that have not ended
     */
    public boolean mayShare(int placed) {
        return placed < tasks;
    }
}
