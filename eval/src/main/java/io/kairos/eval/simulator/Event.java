/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** Something that happens at a moment of virtual time. It may be scheduled again and again, once at a time. */
abstract class Event {
    static final int NONE = -1;

    private int handle = NONE;

    /** Happens; it is not scheduled any more. */
    abstract void happen();

    /** Whether it comes before all others of its moment that do not. */
    boolean comesFirst() {
        return false;
    }

    final boolean isScheduled() {
        return handle != NONE;
    }

    /** What stands for it in the {@link EventHeap}; {@link #NONE} unless it is scheduled. */
    final int handle() {
        return handle;
    }

    final void handle(int given) {
        handle = given;
    }
}
