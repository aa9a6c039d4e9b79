/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import java.util.List;

/** What the runs in the simulator found, in the order in which they were made. */
public record SlsResult(String bench, String machine, long seed, List<SlsRun> runs) {
    public SlsResult {
        runs = List.copyOf(runs);
    }

    /** Whether every job of every run ended. */
    public boolean allEnded() {
        return runs.stream().allMatch(SlsRun::allEnded);
    }
}
