/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.Arrays;

/**
 * How long a task usually is here: the median over the jobs that ended last of their mean task length. The median, because a few long jobs
 * make the mean of all of them say nothing of most.
 *
 * <p>To hear of a job costs O(1), to ask after that O(n log n) once, with n the number of jobs remembered. Not thread-safe.
 */
public final class UsualTask {
    private static final int REMEMBERED = 1_000;

    private final double[] means = new double[REMEMBERED];
    private long ended;
    private boolean isKnown = true;
    private double seconds;

    /**
     * A job has ended.
     *
     * @param attained service of all its tasks, seconds; not negative
     * @param tasks how many there were; a job without any is not counted
     */
    public void ended(double attained, long tasks) {
        if (tasks > 0) {
            means[(int) (ended % REMEMBERED)] = attained / tasks;
            ended++;
            isKnown = false;
        }
    }

    /**
     * The usual length, seconds; before any job ended what those that are under way say in all, and 0 while they do not either.
     *
     * @param attained service of all tasks of all jobs under way, seconds
     * @param finished how many of these have ended
     */
    public double secondsOr(double attained, long finished) {
        return ended > 0 ? seconds() : finished > 0 ? attained / finished : 0;
    }

    /** The usual length, seconds; 0 before any job ended. */
    public double seconds() {
        if (!isKnown) {
            double[] sorted = Arrays.copyOf(means, (int) Math.min(ended, REMEMBERED));
            Arrays.sort(sorted);
            seconds = sorted[(sorted.length - 1) / 2];
            isKnown = true;
        }
        return seconds;
    }
}
