/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.simulator.SimulationSettings;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table: what runs for it, once for each seed.
 *
 * @param policy as the scenario names it
 * @param value of the sweep; null where there is none
 * @param runs the policy with all options, by the name the simulator knows
 */
record Variant(String policy, @Nullable String value, String runs, SimulationSettings settings, WorkloadSource jobs) {

    PlannedRun run(int which) {
        return new PlannedRun(jobs, settings, runs, which);
    }
}
