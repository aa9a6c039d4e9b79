/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.model;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * Tasks that may run side by side. A stage starts when every task of the one before it has ended.
 *
 * @param durations service demand of each task, in seconds
 */
public record Stage(ImmutableDoubleArray durations) {

    /** @throws IllegalArgumentException if there is no task, or a duration is out of the range of {@link Seconds} */
    public Stage {
        if (durations.isEmpty()) {
            throw new IllegalArgumentException("a stage without tasks, expected at least one");
        }
        for (int task = 0; task < durations.length(); task++) {
            if (!isDuration(durations.get(task))) {
                Seconds.duration("duration of task " + (task + 1), durations.get(task));
            }
        }
    }

    public static Stage of(double... durations) {
        return new Stage(ImmutableDoubleArray.copyOf(durations));
    }

    Stage scaledBy(double factor) {
        return new Stage(ImmutableDoubleArray.copyOf(durations.stream().map(seconds -> seconds * factor)));
    }

    public int taskCount() {
        return durations.length();
    }

    /** Service demand of one task, in seconds. */
    public double duration(int task) {
        return durations.get(task);
    }

    public double serviceSeconds() {
        return durations.stream().sum();
    }

    public double longestTaskSeconds() {
        return durations.stream().max().orElseThrow();
    }

    /** The least time any schedule needs on that many slots: all work spread evenly, or the longest task alone. */
    public double uncontendedSeconds(int slots) {
        return Math.max(longestTaskSeconds(), serviceSeconds() / slots);
    }

    // Spares the message of a check that passes: traces hold millions of tasks.
    private static boolean isDuration(double value) {
        return value > 0 && value <= Seconds.LONGEST;
    }
}
