/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison: one workload, one run a scheduler. The first run is the one the others are compared with.
 *
 * @param machine what it ran on, in a line; null when not known
 */
public record Results(WorkloadSummary workload, @Nullable String machine, List<RunSummary> runs) {
    public Results {
        runs = List.copyOf(runs);
    }

    /** The same with one run of each scheduler, of which each figure is the mean over all its runs. */
    public Results means() {
        return new Results(workload, machine, SeedMeans.of(runs));
    }
}
