/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.Optional;

/**
 * How the tasks of a run ended.
 *
 * @param submitted tasks
 * @param completed tasks that completed, at whichever attempt
 * @param failed attempts that failed
 * @param killed attempts that were killed
 */
public record TaskCounts(int submitted, int completed, int failed, int killed) {
    /** What went wrong, in words; empty if every task completed at its first attempt. */
    public Optional<String> problem() {
        if (completed < submitted) {
            return Optional.of("only " + completed + " of " + submitted + " tasks completed; attempts: " + failed
                    + " failed, " + killed + " killed");
        }
        return failed + killed == 0
                ? Optional.empty()
                : Optional.of("all " + submitted + " tasks completed, but not at the first attempt: " + failed
                        + " attempts failed and " + killed + " were killed");
    }
}
