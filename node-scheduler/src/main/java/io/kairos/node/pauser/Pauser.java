/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Freezes and thaws the processes of one task in place. Implementations are thread-safe, and every call has a deadline of its
 * own: it returns or throws within about two seconds. Calls for different tasks may overlap freely; calls for one task should
 * come one after the other, for a resume that overtakes a pause makes the pause fail. An interrupt neither shortens a call nor
 * is lost.
 *
 * <p>Resume a task before it is killed: a process in a frozen cgroup v1 group does not die of SIGKILL until it is thawed, and
 * processes that left the task's session can be found only as long as their ancestors live.
 */
public interface Pauser extends AutoCloseable {
    /** The name by which users choose it: {@code signal}, {@code cgroup}. */
    String name();

    /**
     * The group the task's first process must join before it starts anything, as a file to write its pid to; empty if this
     * pauser needs none. Creates the group if it is missing.
     */
    Optional<Path> prepare(String task) throws IOException;

    /**
     * Whether the task's first process has come as far as a pause needs it. Always true where its pid cannot be known before that,
     * as when it joins its group first.
     *
     * @param pid the task's first process
     */
    default boolean isReady(String task, long pid) {
        return true;
    }

    /**
     * Freezes all processes of the task and returns once they are seen frozen. If that cannot be reached the task is thawed
     * again and the exception says what was expected; so after an exception the task runs.
     *
     * @param pid the task's first process, leader of its session
     */
    void pause(String task, long pid) throws IOException;

    /**
     * Whether a paused task need not stand still: once everybody knows of its pause it may crawl. Then {@link #relax} is to be
     * called after each pause.
     */
    default boolean relaxes() {
        return false;
    }

    /**
     * Lets a paused task crawl, so that its heartbeats go out. Until then it stands still: it cannot exit while its pause is
     * still being told. May be repeated. After an exception the task stands still.
     *
     * @param pid the task's first process
     */
    default void relax(String task, long pid) throws IOException {}

    /** Thaws all processes of the task and returns once they are seen thawed. Thawing what is not frozen is no error. */
    void resume(String task, long pid) throws IOException;

    /** Whether the task's first process is frozen now, or crawls. */
    boolean isPaused(String task, long pid) throws IOException;

    /** Forgets the task after its last process ended: removes its group. No error if there is none. */
    void release(String task) throws IOException;

    /**
     * The tasks this pauser finds frozen without being told a pid, for instance those that a node manager left which died; for a
     * sweep at start and at shutdown. Empty where the pauser keeps no record outside of the processes themselves.
     */
    default List<String> frozenTasks() throws IOException {
        return List.of();
    }

    /** Thaws one of {@link #frozenTasks()}. No error if it is thawed or gone. */
    default void thaw(String task) throws IOException {}

    /**
     * A shell command that thaws the task without this process, for {@link FrozenRegister}; empty if there is none.
     *
     * @throws IOException the task's processes cannot be found
     */
    default Optional<String> thawCommand(String task, long pid) throws IOException {
        return Optional.empty();
    }

    /**
     * The pauser that goes on serving the task whatever becomes of it here: one that chooses a pauser for each task may forget its
     * choice at {@link #release}, and the task be frozen still.
     */
    default Pauser serving(String task) {
        return this;
    }

    /** Why nothing is paused here for now, for it failed again and again; empty while pausing is on. */
    default Optional<String> offBecause() {
        return Optional.empty();
    }

    /** Ends what the pauser holds itself. Frozen tasks stay frozen. */
    @Override
    default void close() {}
}
