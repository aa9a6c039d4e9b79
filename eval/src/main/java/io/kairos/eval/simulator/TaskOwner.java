/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** Who sent a task to its node, and hears what becomes of it. */
interface TaskOwner {
    /** The task has run to its end, just now. */
    void ended(SimulatedTask task);

    /** Its node failed, or killed it: what it has done is lost. */
    void lost(SimulatedTask task);
}
