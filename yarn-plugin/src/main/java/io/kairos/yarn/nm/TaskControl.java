/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.IOException;

/**
 * What a node agent can do to tasks. Called by the agent's thread alone.
 *
 * @param <K> task id
 */
interface TaskControl<K> {
    /** Lets the task's processes start. No-op for a task that is gone. */
    void launch(K task);

    /** Whether the task's processes exist, so that they can be frozen. */
    boolean isStarted(K task);

    /** Whether the processes of a started task are frozen now, by whomever. */
    boolean isFrozen(K task) throws IOException;

    /**
     * Freezes the task and makes the pause visible.
     *
     * @throws IOException it could not be frozen; it runs
     */
    void pause(K task) throws IOException;

    /**
     * Thaws the task and makes that visible.
     *
     * @throws IOException it could not be thawed; it is still frozen
     */
    void resume(K task) throws IOException;

    /** Thaws a paused task for a moment; clients go on seeing it paused. */
    void startPulse(K task) throws IOException;

    /** Freezes it again. */
    void endPulse(K task) throws IOException;
}
