/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Freezes and thaws the processes of one task in place. Implementations are thread-safe, and every call has a deadline of its
 * own: it returns or throws within about two seconds.
 */
public interface Pauser {
    /** The name by which users choose it: {@code signal}, {@code cgroup}. */
    String name();

    /**
     * The group the task's first process must join before it starts anything, as a file to write its pid to; empty if this
     * pauser needs none. Creates the group if it is missing.
     */
    Optional<Path> prepare(String task) throws IOException;

    /**
     * Freezes all processes of the task and returns once they are seen frozen. If that cannot be reached the task is thawed
     * again and the exception says what was expected; so after an exception the task runs.
     *
     * @param pid the task's first process, leader of its session
     */
    void pause(String task, long pid) throws IOException;

    /** Thaws all processes of the task and returns once they are seen thawed. Thawing what is not frozen is no error. */
    void resume(String task, long pid) throws IOException;

    /** Whether the task's first process is frozen now. */
    boolean isPaused(String task, long pid) throws IOException;

    /** Forgets the task after its last process ended: removes its group. No error if there is none. */
    void release(String task) throws IOException;
}
