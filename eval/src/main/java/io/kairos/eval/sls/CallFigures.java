/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

/**
 * The calls of one kind in one run.
 *
 * @param calls how many there were
 * @param p50Micros median of their times, by the clock, microseconds
 * @param processorMillis what they took of a processor together, milliseconds
 */
public record CallFigures(int calls, double p50Micros, double p99Micros, double meanMicros, double processorMillis) {
    /** What a call took of a processor on average, microseconds. */
    double processorMicros() {
        return processorMillis * 1e3 / calls;
    }
}
