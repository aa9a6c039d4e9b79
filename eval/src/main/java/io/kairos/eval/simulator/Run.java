/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/**
 * What the parts of one run share.
 *
 * @param seed of what is done at random
 */
record Run(Simulation simulation, SimulationSettings settings, long seed, Tally tally) {
    Costs costs() {
        return settings.costs();
    }

    long now() {
        return simulation.now();
    }
}
