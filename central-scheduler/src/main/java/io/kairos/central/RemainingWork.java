/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * How much work a job has left, learned from what it and others did so far; nobody estimates anything.
 *
 * <p>Task lengths of a job are taken for exponential: of tasks that have attained A seconds in all, F of which have ended, the most likely
 * mean is A / F, whether or not the others still run. The U unfinished ones then have A * U / F to go. Before its first task
 * ends a job says little, so it is given one task more, of the length that is usual here: (A + usual) * U / (F + 1). A job that has
 * just come is with that taken for a usual one of its width. Where most jobs are short it still comes before those that turned out to be
 * long; where all are alike it does not make any give way.
 *
 * <p>Stateless, so thread-safe. Not of the paper, which knows tasks only.
 */
public final class RemainingWork {
    private RemainingWork() {}

    /**
     * What jobs are ordered by: the work left, rounded down to a power of two. What is learned is not better than that; and jobs that are
     * alike are then served one after the other, by arrival, where they would else take turns and all end late.
     *
     * @param seconds of work left; not negative
     */
    public static double key(double seconds) {
        return seconds > 0 ? Math.scalb(1.0, Math.getExponent(seconds)) : 0;
    }

    /**
     * Seconds of work left.
     *
     * @param attained service attained by all tasks of the job, those that have ended too; seconds, not negative
     * @param unfinished its tasks that are known and have not ended, whether they wait, run or are paused: of a job in stages, those of
     *     this stage
     * @param finished its tasks that have ended
     * @param usual {@link UsualTask#seconds}; 0 where nothing is usual yet: then a job that has attained nothing has nothing left
     */
    public static double of(double attained, long unfinished, long finished, double usual) {
        return usual > 0
                ? (attained + usual) * unfinished / (finished + 1)
                : attained * unfinished / Math.max(1, finished);
    }
}
