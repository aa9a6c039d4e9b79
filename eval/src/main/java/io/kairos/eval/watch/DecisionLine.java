/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

/** A decision of a node about a task, with its numbers and, in {@code why}, as a sentence. */
public record DecisionLine(
        long timeMs,
        String container,
        String action,
        String reason,
        double attainedSeconds,
        int preemptions,
        String other,
        double otherAttainedSeconds,
        int running,
        int paused,
        int held,
        String why) {}
