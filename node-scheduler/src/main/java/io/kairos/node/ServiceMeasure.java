/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

/**
 * What attained service is, nanoseconds in either case. Quantum, guarantee, maximum pause and pulses are spans of wall time
 * whatever it is.
 */
public enum ServiceMeasure {
    /** The time a task was thawed, whatever it did meanwhile and however many slots it took. The scheduler keeps it itself. */
    WALL,

    /**
     * The CPU time of all its threads, as the caller last read it ({@link NodeScheduler#observe}). A task that waits attains
     * nothing; one with four busy threads attains four seconds a second. Between two readings it stands still.
     */
    CPU
}
