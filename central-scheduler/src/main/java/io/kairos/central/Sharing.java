/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * When a task goes where it has to share a slot. To pause and resume in place is not for nothing: the paused task cannot go elsewhere any
 * more, and delays its whole job. So of a wide job most waits centrally, in nobody's way, and can still go wherever a slot comes
 * free; and nobody is made to give way for little. Immutable, so thread-safe.
 *
 * @param mostTasks B: a job with so many placed tasks that have not ended takes free slots only; at least 1
 * @param margin whoever gives way must have so many times as much work left; 0: whoever it is
 */
public record Sharing(int mostTasks, double margin) {
    /** Wherever there is room. */
    public static final Sharing ALWAYS = new Sharing(Integer.MAX_VALUE, 0);
    /** The job-aware policy's. Few shares, and for much: wider, or for less, costs more preemptions and long jobs more than short ones gain. */
    public static final Sharing JOBS = new Sharing(50, 20);

    public Sharing {
        if (mostTasks < 1) {
            throw new IllegalArgumentException("tasks before a job is held back must be at least 1, was " + mostTasks);
        }
        if (!(margin >= 0 && margin <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("margin must be at least 0, was " + margin);
        }
    }

    /**
     * Whether a job is not held back from sharing slots.
     *
     * @param placed its placed tasks that have not ended
     */
    public boolean isOpenTo(int placed) {
        return placed < mostTasks;
    }

    /**
     * Whether it is worth while to share that slot.
     *
     * @param workLeft of the job whose task comes, seconds
     * @param victimWorkLeft of the job whose task would give way, seconds
     */
    public boolean isWorthwhile(double workLeft, double victimWorkLeft) {
        return margin == 0 || margin * workLeft < victimWorkLeft;
    }
}
