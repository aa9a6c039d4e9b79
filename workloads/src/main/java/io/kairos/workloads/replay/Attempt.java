/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

/**
 * One attempt at a task.
 *
 * @param number from 1
 * @param serviceSeconds what the task needs
 */
record Attempt(TaskId task, int number, double serviceSeconds) {
    Attempt next() {
        return new Attempt(task, number + 1, serviceSeconds);
    }
}
