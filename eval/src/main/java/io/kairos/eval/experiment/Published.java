/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import org.jspecify.annotations.Nullable;

/**
 * A published result that the experiment is held against. All such figures are the better, the smaller they are.
 *
 * @param at the value of the sweep it belongs to; null: the best over the sweep, as in "down to"
 * @param against the policy to which the value is a ratio; null: the value stands for itself
 * @param source where it was published
 */
record Published(
        String policy, @Nullable String at, Metric metric, @Nullable String against, double value, String source) {
    /** @throws IllegalArgumentException if something is missing */
    Published {
        if (policy == null || metric == null || source == null || !(value > 0)) {
            throw new IllegalArgumentException("expected policy, metric, source and a value above 0");
        }
    }
}
