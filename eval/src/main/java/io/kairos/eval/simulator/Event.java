/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** Something that happens at a moment of virtual time. It may be scheduled again and again, once at a time. */
abstract class Event {
    static final int NOWHERE = -1;

    private int position = NOWHERE;

    /** Happens; it is not scheduled any more. */
    abstract void happen();

    /** Whether it comes before all others of its moment that do not. */
    boolean comesFirst() {
        return false;
    }

    final boolean isScheduled() {
        return position != NOWHERE;
    }

    /** Where it stands in the {@link EventHeap}. */
    final int position() {
        return position;
    }

    final void moveTo(int place) {
        position = place;
    }
}
