/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import org.jspecify.annotations.Nullable;

/** Tasks that wait for a place, and whose turn it is. */
interface AskQueue {
    /** So many more of the job's tasks wait. */
    void add(SimulatedJob job, int tasks);

    /**
     * Whose task goes next to the node that takes one now; null if nobody's does.
     *
     * @param hasFreeSlot whether it has a slot that nobody has
     * @param victimSeconds work left of the job whose task would give way there; infinite if that is not known, or none would
     */
    @Nullable SimulatedJob next(boolean hasFreeSlot, double victimSeconds);

    /** One task of the job that is next has its place. */
    void placed(SimulatedJob job);

    /** A task that was placed has ended, or is lost; called before what follows of that. */
    void left(SimulatedJob job);

    boolean isEmpty();
}
