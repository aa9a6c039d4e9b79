/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * For how long a job waits while others come before it. One that gets too little for so long comes first, until each of its tasks has
 * attained {@link #PARTS a ninth} of that in the mean: it then had a tenth of what it would have alone, however many others come. To get
 * something now and then is not enough, for under a stream of short jobs a long one may well run for a moment between any two.
 *
 * <p>It is asked at intervals, and costs O(1). Not thread-safe. Not of the paper.
 */
public final class Patience {
    /** What a task is owed is its job's patience over this. */
    public static final int PARTS = 9;

    private final double seconds;
    private double since;
    private double asked;
    private double attainedThen;
    private double had;

    /**
     * The patience of a job that comes.
     *
     * @param seconds above 0; infinite: it waits however long
     * @param now seconds of any clock
     * @throws IllegalArgumentException when the seconds are not above 0
     */
    public Patience(double seconds, double now) {
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("patience must be above 0 s, was " + seconds);
        }
        this.seconds = seconds;
        this.since = now;
        this.asked = now;
    }

    /**
     * Whether the job has waited for too long and comes first now.
     *
     * @param now seconds of the same clock
     * @param attained service attained by all its tasks so far, seconds, as far as known: where it is less than before, and then more again, a
     *     node was not heard of for a while, and nobody attained anything by that
     * @param tasks of its unfinished ones, as many as may run at a time
     */
    public boolean isExhausted(double now, double attained, int tasks) {
        had += Math.max(0, Math.min(attained - attainedThen, (now - asked) * tasks));
        attainedThen = attained;
        asked = now;
        if (had >= seconds / PARTS * tasks) {
            had = 0;
            since = now;
        }
        return now - since > seconds;
    }
}
