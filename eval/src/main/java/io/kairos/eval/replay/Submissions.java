/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.metrics.JobRecord;
import io.kairos.workloads.mix.MixedJob;
import io.kairos.workloads.model.Workload;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * When the jobs of a workload are to be submitted.
 *
 * @param seconds from the start of the workload, by the job's id
 */
public record Submissions(Map<String, Double> seconds) {
    /** A busy machine submits late. */
    private static final double LATE_SECONDS = 5;

    private static final double LATE_SHARE = 0.05;

    public static Submissions of(Workload workload) {
        return new Submissions(workload.jobs().stream()
                .collect(Collectors.toMap(job -> String.valueOf(job.id()), job -> job.submitTime())));
    }

    public static Submissions of(List<MixedJob> jobs) {
        return new Submissions(
                jobs.stream().collect(Collectors.toMap(job -> String.valueOf(job.id()), MixedJob::submitSeconds)));
    }

    /** Whether these jobs were submitted as they were to be. */
    boolean fit(List<JobRecord> jobs) {
        return jobs.stream().allMatch(this::fits);
    }

    private boolean fits(JobRecord job) {
        Double planned = seconds.get(job.job());
        return planned != null && Math.abs(job.submitSeconds() - planned) <= LATE_SECONDS + LATE_SHARE * planned;
    }

    double last() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
