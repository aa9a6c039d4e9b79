/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

/** How the tasks of a run ended. */
public record TaskCounts(int submitted, int completed, int failed, int killed) {
    /** True when every task submitted completed. */
    public boolean lostNone() {
        return completed == submitted && failed == 0 && killed == 0;
    }
}
