/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import org.jspecify.annotations.Nullable;

/** What one placer knows of its nodes, and which of them is given the next task. */
interface Placement {
    /** The node for the next task; null if none takes one now. */
    @Nullable SimulatedNode best();

    /** Whether that node, the best one, has a slot that nobody has, so far as is known. */
    boolean hasFreeSlot(SimulatedNode node);

    /** Work left of the job whose task would give way on that node, the best one, seconds; infinite if that is not known, or none would. */
    default double victimSeconds(SimulatedNode node) {
        return Double.POSITIVE_INFINITY;
    }

    /** A task of that job and of this placer goes there. */
    void placed(SimulatedNode node, SimulatedJob job);

    /** One of those has ended. */
    void ended(SimulatedNode node, SimulatedJob job);

    /** There are so many tasks more of other placers than was known, or fewer. */
    void learn(SimulatedNode node, int more);

    /** The node takes tasks, and has none. */
    void join(SimulatedNode node);

    /** The node takes none any more, and those that it had are forgotten. */
    void leave(SimulatedNode node);
}
