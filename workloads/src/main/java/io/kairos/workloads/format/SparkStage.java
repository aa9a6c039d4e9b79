/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.model.Stage;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** The tasks of one Spark stage that succeeded, each partition once. */
final class SparkStage {

    // Spark numbers the tasks of an attempt anew, but partitions stay what they are.
    private static final int ALL_ATTEMPTS = -1;

    private final Map<Integer, BitSet> succeeded = new HashMap<>();
    private final ImmutableDoubleArray.Builder durations = ImmutableDoubleArray.builder();
    private long firstLaunch = Long.MAX_VALUE;

    /** Takes a task that succeeded. */
    void accept(EventLog event) throws TraceException {
        long launch = event.millis("Launch Time");
        double seconds = event.seconds(launch, event.millis("Finish Time"));
        if (isFirstSuccess(event)) {
            durations.add(seconds);
            firstLaunch = Math.min(firstLaunch, launch);
        }
    }

    /** Milliseconds since 1970. */
    long firstLaunch() {
        return firstLaunch;
    }

    Stage toStage() {
        return new Stage(durations.build().trimmed());
    }

    private boolean isFirstSuccess(EventLog event) throws TraceException {
        String partition = event.text("Partition ID");
        // Spark before 3.3 names none; -1 is one that is not known.
        boolean isKnown = !partition.isEmpty() && !partition.equals("-1");
        int attempt = isKnown ? ALL_ATTEMPTS : (int) event.wholeNumber("Stage Attempt ID", 0, Integer.MAX_VALUE);
        int number = (int) event.wholeNumber(isKnown ? "Partition ID" : "Index", 0, TraceJobs.MOST_TASKS);
        BitSet numbers = succeeded.computeIfAbsent(attempt, unused -> new BitSet());
        boolean isFirst = !numbers.get(number);
        numbers.set(number);
        return isFirst;
    }
}
