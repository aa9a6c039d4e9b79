/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a node agent can do to tasks. Called by the agent's thread alone, which it never keeps waiting: what takes long goes on
 * elsewhere, and the future tells its end. What is asked for one task is done in the order in which it was asked.
 *
 * <p>A future that fails carries an {@link java.io.IOException}; a {@link TaskEndingException} if the task's processes are gone.
 *
 * @param <K> task id
 */
interface TaskControl<K> {
    /** Lets the task's processes start. No-op for a task that is gone. */
    void launch(K task);

    /** Whether the task's processes exist, so that they can be frozen. */
    boolean isStarted(K task);

    /**
     * Whether the processes of a started task are frozen now, by whomever.
     *
     * @throws TaskEndingException there are none any more
     */
    boolean isFrozen(K task) throws IOException;

    /** Freezes the task and makes the pause visible. If that fails the task runs. */
    CompletableFuture<Void> pause(K task);

    /**
     * YARN has answered the pause. Where a paused task need not stand still it may crawl from now on; nothing is done where it
     * must, or where the pause is over or not answered yet. May be repeated. If that fails the task stands still.
     */
    CompletableFuture<Void> relax(K task);

    /** Thaws the task and makes that visible. If that fails the task is still frozen. */
    CompletableFuture<Void> resume(K task);

    /**
     * A thaw of a task that is about to be forgotten: it may be asked for again and again, by then nobody need know the task. A task
     * whose processes are gone needs none and counts as thawed. What is returned holds next to nothing.
     */
    default Supplier<CompletableFuture<Void>> lastThaw(K task) {
        return () -> resume(task);
    }

    /** Thaws a paused task for a moment; clients go on seeing it paused. */
    CompletableFuture<Void> startPulse(K task);

    /** Freezes it again. */
    CompletableFuture<Void> endPulse(K task);
}
