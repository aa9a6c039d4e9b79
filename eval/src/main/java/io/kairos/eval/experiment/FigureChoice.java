/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn.
 *
 * @param metrics a chart each; null where a distribution is drawn
 * @param ratio whether to show ratios to the baseline
 * @param log whether the axis of values is logarithmic
 * @param distribution of which figure of the jobs the distribution is drawn; null where metrics are
 */
record FigureChoice(@Nullable List<Metric> metrics, boolean ratio, boolean log, @Nullable JobFigure distribution) {
    /** @throws IllegalArgumentException if it is not one of the two */
    FigureChoice {
        metrics = metrics == null ? null : List.copyOf(metrics);
        if ((metrics == null) == (distribution == null)) {
            throw new IllegalArgumentException("metrics and distribution: expected one of the two");
        }
    }
}
