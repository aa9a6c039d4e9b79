/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.mix;

import java.util.List;

/**
 * One job of a workload of real jobs.
 *
 * @param id from 1, in order of submission
 * @param submitSeconds from the start of the workload
 */
public record MixedJob(int id, JobTemplate template, double submitSeconds) {
    /** When the last of these is submitted, seconds from the start. */
    public static double lastSubmission(List<MixedJob> jobs) {
        return jobs.stream().mapToDouble(MixedJob::submitSeconds).max().orElse(0);
    }
}
