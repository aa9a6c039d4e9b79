/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.eval.bench.BenchRow.Micros;
import org.jspecify.annotations.Nullable;

/**
 * What one round found.
 *
 * @param containersPerSecond containers placed a second, from the first ask to the last placement
 * @param unplaced containers that were asked for and not placed: it came to a standstill just before the end
 * @param decisionMicros time of placing one container; null where it cannot be told
 * @param longestLockMillis longest hold of the scheduler's write lock, without pauses of the garbage collector
 * @param mostLockWorkMillis most processor time that a hold of it took
 * @param idleNodeUpdateMicros a heartbeat while nothing is asked for, in the mean
 * @param allocateMicros masters' calls for one container: to ask for it, and to fetch it
 */
record RoundFigures(
        double containersPerSecond,
        int unplaced,
        @Nullable Micros decisionMicros,
        double longestLockMillis,
        double mostLockWorkMillis,
        double idleNodeUpdateMicros,
        double allocateMicros) {}
