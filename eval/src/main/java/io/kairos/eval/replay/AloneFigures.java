/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import org.jspecify.annotations.Nullable;

/**
 * What a job takes, and what it computes, with the cluster to itself.
 *
 * @param seconds from the start of its client to the client's end
 * @param slotSeconds slots times seconds that its containers held, its master's not counted
 * @param tasks null if it does not tell
 * @param result null if it does not tell
 */
public record AloneFigures(double seconds, double slotSeconds, @Nullable Integer tasks, @Nullable String result) {
    /** A job that tells of none counts as one task. */
    int taskCount() {
        return tasks == null ? 1 : Math.max(1, tasks);
    }
}
