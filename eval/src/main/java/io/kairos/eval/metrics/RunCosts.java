/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import org.jspecify.annotations.Nullable;

/**
 * What a run cost whoever ran it. A figure that is not known is null.
 *
 * @param wastedServiceSeconds service of tasks that did not complete
 * @param wallSeconds duration of the run on the wall clock
 * @param events events a simulator processed
 * @param peakMemoryMb largest heap in use, mebibytes
 */
public record RunCosts(
        @Nullable Double wastedServiceSeconds,
        @Nullable Double wallSeconds,
        @Nullable Long events,
        @Nullable Long peakMemoryMb) {
    /** Nothing known. */
    public static final RunCosts UNKNOWN = new RunCosts(null, null, null, null);
}
