/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

/**
 * Hears what happens in a replay. Times are seconds since the replay started. Called from several threads, but for one
 * job by one thread at a time and in order; must return soon and must not throw.
 */
public interface ReplayListener {

    /** Hears nothing. */
    ReplayListener NONE = new ReplayListener() {};

    default void jobSubmitted(int job, String application, double time) {}

    default void containerAllocated(TaskId task, String container, String node, double time) {}

    /** The node has accepted the task; whether it runs there or is held is the node's decision. */
    default void taskStarted(TaskId task, String container, String node, double time) {}

    default void taskEnded(TaskId task, String container, String node, TaskEnd end, int exitStatus, double time) {}

    /**
     * The job is over.
     *
     * @param diagnostics why it failed; empty if it did not
     */
    default void jobFinished(int job, boolean failed, String diagnostics, double time) {}

    /** Something went wrong that is not told by the events alone. */
    default void error(String what, Throwable cause) {}
}
