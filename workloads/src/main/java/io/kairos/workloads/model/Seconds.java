/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.model;

/** The limits on times that every workload keeps, whatever made it. */
public final class Seconds {

    /** Ten years: whatever is longer is a mistaken unit, not a workload. */
    public static final double LONGEST = 10 * 365.25 * 24 * 3600;

    private Seconds() {}

    /**
     * Checks a time span that must be above zero.
     *
     * @param what names the value in the error
     * @throws IllegalArgumentException if the value is NaN, not above 0 or above ten years
     */
    public static double duration(String what, double value) {
        if (!(value > 0 && value <= LONGEST)) {
            throw refusal(what, value, "above 0 and");
        }
        return value;
    }

    /**
     * Checks a point in time, counted from the start of the workload.
     *
     * @param what names the value in the error
     * @throws IllegalArgumentException if the value is NaN, negative or above ten years
     */
    public static double instant(String what, double value) {
        if (!(value >= 0 && value <= LONGEST)) {
            throw refusal(what, value, "at least 0 and");
        }
        return value;
    }

    private static IllegalArgumentException refusal(String what, double value, String lowerBound) {
        return new IllegalArgumentException(
                what + ": " + value + " is no usable time, expected seconds " + lowerBound + " at most ten years");
    }
}
