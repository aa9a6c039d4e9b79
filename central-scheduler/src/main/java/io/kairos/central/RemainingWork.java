/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * How much work a job has left, learned from what it did so far; nobody estimates anything.
 *
 * <p>Mean task times are taken for exponential: of tasks that have attained A seconds in all, F of which have ended, the most likely mean
 * length is A / F, whether or not the others still run. The U unfinished ones then have A * U / F to go. As long as none has
 * ended, one is taken to end just now. A job that has attained nothing has nothing to go, so it comes first: it is tried before it is
 * judged.
 *
 * <p>Stateless, so thread-safe. Not of the paper, which knows tasks only.
 */
public final class RemainingWork {
    private RemainingWork() {}

    /**
     * Seconds of work left.
     *
     * @param attained service attained by all tasks of the job, those that have ended too; seconds, not negative
     * @param unfinished its tasks that have not ended, whether they wait, run or are paused
     * @param finished its tasks that have ended
     */
    public static double of(double attained, long unfinished, long finished) {
        return attained * unfinished / Math.max(1, finished);
    }
}
