/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

/**
 * A task of a workload.
 *
 * @param job id of the job
 * @param stage from 0
 * @param index in the stage, from 0
 */
public record TaskId(int job, int stage, int index) {
    @Override
    public String toString() {
        return job + "." + stage + "." + index;
    }
}
