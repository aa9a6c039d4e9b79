/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import java.util.Arrays;

/**
 * An axis of measured values.
 *
 * @param title with the unit
 * @param logarithmic whether its steps are factors; otherwise it begins at 0
 * @param one whether a line marks the value 1, as where the values are ratios
 */
public record ValueAxis(String title, boolean logarithmic, boolean one) {
    private static final double AIR = 1.06;

    /** The scale on which all these values have a place. */
    Scale scale(double[] values, double from, double to) {
        double[] positive = Arrays.stream(values).filter(value -> value > 0).toArray();
        double low = Arrays.stream(positive).min().orElse(1);
        double high = Arrays.stream(positive).max().orElse(1);
        if (one) {
            low = Math.min(low, 1);
            high = Math.max(high, 1);
        }
        return logarithmic ? Scale.logarithmic(low, high, from, to) : Scale.linear(0, high * AIR, from, to);
    }
}
