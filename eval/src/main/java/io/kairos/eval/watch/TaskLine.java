/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

/** A task as its node knows it; {@code state} is held, launching, running, guaranteed or paused. */
public record TaskLine(
        String container,
        String application,
        String state,
        int slots,
        boolean preemptable,
        double attainedSeconds,
        int preemptions,
        double pausedSeconds) {
    boolean runs() {
        return !isPaused() && !isHeld();
    }

    boolean isPaused() {
        return state.equals("paused");
    }

    boolean isHeld() {
        return state.equals("held");
    }
}
