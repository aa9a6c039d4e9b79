/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.util.Objects;

/**
 * What a counter of CPU time said of a task.
 *
 * <p>The first reading of a counter tells what the task has attained, or less: then the rest was attained under an earlier
 * counter, or before the scheduler knew the task, and stays. From then on the task attains what the counter grows by. So no
 * service is ever counted twice, whoever remembered it.
 *
 * @param task the task's id
 * @param counter which counter it was: another one where it began anew, as after a relaunch
 * @param nanos what it said, nanoseconds, at least 0
 */
public record Reading<K>(K task, String counter, long nanos) {
    public Reading {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(counter, "counter");
        if (nanos < 0) {
            throw new IllegalArgumentException("a counter of " + task + " must be at least 0, was " + nanos + " ns");
        }
    }
}
