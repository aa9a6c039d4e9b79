/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import org.jspecify.annotations.Nullable;

/**
 * A mean over the seeds, and the interval in which the true one is said to lie.
 *
 * @param low null, as the other end is, where all seeds gave the same or there are too few of them
 */
public record Estimate(double mean, @Nullable Double low, @Nullable Double high) {
    /** True if the mean is at most the value, or the interval reaches down to it. */
    boolean reaches(double value) {
        return mean <= value || (low != null && low <= value);
    }
}
