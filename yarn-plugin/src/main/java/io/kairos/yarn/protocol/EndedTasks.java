/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

/**
 * The tasks of one application that have ended on a node since it came there. Immutable.
 *
 * @param tasks how many; at least 0
 * @param attained service that they had attained in all, seconds
 */
public record EndedTasks(long tasks, double attained) {
    /** More than any node ends. */
    private static final long MOST_TASKS = 1_000_000_000_000L;

    public EndedTasks {
        if (tasks < 0 || tasks > MOST_TASKS) {
            throw new IllegalArgumentException("ended tasks must be from 0 to " + MOST_TASKS + ", were " + tasks);
        }
        if (!(attained >= 0 && attained <= Amounts.MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "attained service of ended tasks must be from 0 to " + Amounts.MOST_SECONDS + ", was " + attained);
        }
    }
}
