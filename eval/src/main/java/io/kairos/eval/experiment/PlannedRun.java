/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.simulator.SimulationSettings;

/**
 * A run to be made. Runs that are equal have the same outcome, so one of them will do.
 *
 * @param which of the seeds, from 0
 */
record PlannedRun(WorkloadSource jobs, SimulationSettings settings, String policy, int which) {

    /** The jobs it needs; a trace is the same for all seeds. */
    SharedWorkloads.Key key(long firstSeed) {
        return new SharedWorkloads.Key(jobs, jobs.isGenerated() ? firstSeed + which : 0, settings.eagleCompat());
    }
}
