/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

/** Arithmetic on moments, which are nanoseconds on the caller's clock. */
final class Moments {
    /** A moment that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    /** A moment before all others. */
    static final long BEFORE_ALL = Long.MIN_VALUE;

    private Moments() {}

    /** The moment that lies a span (not negative) after another; {@link #NEVER} where the clock cannot count that far. */
    static long after(long moment, long span) {
        long sum = moment + span;
        return sum < moment && span > 0 ? NEVER : sum;
    }
}
