/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.pauser;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Limits the processor time of tasks to about a hundredth of a core. Implementations are thread-safe and answer soon. */
interface Brake {
    /**
     * Slows the task down and returns once that is confirmed. May be repeated.
     *
     * @param pid its first process; frozen, so that none of its processes forks meanwhile
     */
    void apply(String task, long pid) throws IOException;

    /** Gives the task the limit it had before, mostly none. No error if it is not slowed down, or gone. */
    void lift(String task) throws IOException;

    /** Whether the task is slowed down now; false if it is gone. */
    boolean isApplied(String task, long pid) throws IOException;

    /** The tasks found slowed down without being told a pid; empty where that cannot be told. */
    List<String> appliedTasks() throws IOException;

    /** A shell command that lifts the limit without this process; empty if there is none. */
    Optional<String> liftCommand(String task, long pid) throws IOException;
}
