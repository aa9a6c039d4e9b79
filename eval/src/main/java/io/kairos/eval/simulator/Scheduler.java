/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** Decides when and where tasks run. The simulator makes one for each run. */
interface Scheduler {
    /**
     * A stage of the job is ready: its tasks may run from now on. The scheduler takes each with {@link SimulatedJob#nextTask} and calls
     * {@link SimulatedJob#taskEnded} at its end.
     */
    void submit(SimulatedJob job);
}
