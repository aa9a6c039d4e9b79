/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

/**
 * How much work an application has left, as JMX shows it under the job-aware policy: (attained + usual task) x unfinished / (finished + 1),
 * and without a usual task attained x unfinished / finished.
 *
 * @param application whose
 * @param seconds of work left
 * @param attainedSeconds service of its tasks, those that have ended too
 * @param unfinished its tasks that run, wait on a node, or are asked for
 * @param finished its tasks that have ended
 * @param usualTaskSeconds how long a task usually is on this cluster; 0 if that is not known
 * @param comesFirst whether it has waited for so long that it comes first, whatever it has left
 */
public record WorkLeftRow(
        String application,
        double seconds,
        double attainedSeconds,
        long unfinished,
        long finished,
        double usualTaskSeconds,
        boolean comesFirst) {}
