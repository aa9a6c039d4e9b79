/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Maps values to a line of pixels, linearly or by their logarithm. */
final class Scale {
    private final double low;
    private final double high;
    private final double from;
    private final double to;
    private final boolean logarithmic;

    private Scale(double low, double high, double from, double to, boolean logarithmic) {
        this.low = low;
        this.high = high > low ? high : low + 1;
        this.from = from;
        this.to = to;
        this.logarithmic = logarithmic;
    }

    /** From low at pixel from to high at pixel to. */
    static Scale linear(double low, double high, double from, double to) {
        return new Scale(low, high, from, to, false);
    }

    /** The same by the logarithm; low and high are widened to the next 1, 2 or 5 times a power of ten. */
    static Scale logarithmic(double low, double high, double from, double to) {
        double least = Math.max(low, 1e-3);
        double most = Math.max(high, least);
        double bottom = niceSteps(least / 10, most * 10).stream()
                .filter(step -> step <= least * (1 + 1e-9))
                .reduce((first, second) -> second)
                .orElse(least);
        double top = niceSteps(least / 10, most * 10).stream()
                .filter(step -> step >= most * (1 - 1e-9) && step > bottom)
                .findFirst()
                .orElse(most * 2);
        return new Scale(bottom, top, from, to, true);
    }

    double at(double value) {
        double share = logarithmic
                ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
                : (value - low) / (high - low);
        return from + Math.min(Math.max(share, 0), 1) * (to - from);
    }

    double from() {
        return from;
    }

    double to() {
        return to;
    }

    /** About the wanted number of round values in between. */
    List<Tick> ticks(int wanted) {
        List<Double> values = logarithmic ? logTicks(wanted) : linearTicks(wanted);
        return values.stream().map(value -> new Tick(value, label(value))).toList();
    }

    private List<Double> logTicks(int wanted) {
        List<Double> all = niceSteps(low, high);
        if (all.size() <= wanted) {
            return all;
        }
        List<Double> decades = all.stream().filter(value -> isPowerOfTen(value)).toList();
        return decades.size() >= 2 ? decades : all;
    }

    private List<Double> linearTicks(int wanted) {
        double raw = (high - low) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double share = raw / power;
        double step = power * (share <= 1.0001 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
        List<Double> values = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) {
            values.add(i * step);
        }
        return values;
    }

    private static List<Double> niceSteps(double low, double high) {
        List<Double> values = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)) - 1; Math.pow(10, power) <= high; power++) {
            for (int digit : new int[] {1, 2, 5}) {
                double value = digit * Math.pow(10, power);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static boolean isPowerOfTen(double value) {
        double power = Math.log10(value);
        return Math.abs(power - Math.rint(power)) < 1e-9;
    }

    private static String label(double value) {
        return BigDecimal.valueOf(Math.round(value * 1e6) / 1e6)
                .stripTrailingZeros()
                .toPlainString();
    }
}
