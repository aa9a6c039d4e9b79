/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** Virtual time is whole nanoseconds, so that sums are exact; users know seconds. */
final class Nanos {
    private static final double A_SECOND = 1e9;

    private Nanos() {}

    static long of(double seconds) {
        return Math.round(seconds * A_SECOND);
    }

    static double seconds(double nanos) {
        return nanos / A_SECOND;
    }
}
