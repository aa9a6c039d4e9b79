/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.eval.bench.BenchRow.Micros;
import org.jspecify.annotations.Nullable;

/**
 * One scheduler on one number of nodes; figures as in {@link RoundFigures}, medians of the measured rounds.
 *
 * @param unplaced in all measured rounds together
 * @param longestLockMillis longest hold of the scheduler's write lock in any measured round; null where it locks in another way
 * @param mostLockWorkMillis most processor time that a hold took, which leaves out for how long its thread was taken from its processor; null
 *     like that
 * @param containersPerNode after a churn of the containers that fills three fifths of the slots
 */
public record RmRow(
        String scheduler,
        int nodes,
        double containersPerSecond,
        int unplaced,
        @Nullable Micros decisionMicros,
        @Nullable Double longestLockMillis,
        @Nullable Double mostLockWorkMillis,
        double idleNodeUpdateMicros,
        double allocateMicros,
        Range containersPerNode) {
    /** The fewest and the most. */
    public record Range(int fewest, int most) {
        Range span(Range other) {
            return new Range(Math.min(fewest, other.fewest), Math.max(most, other.most));
        }
    }
}
