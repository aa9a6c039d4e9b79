/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.nio.file.Path;
import java.util.List;

/** Makes the jobs of a trace a workload. */
final class TraceJobs {

    /** More tasks in one job are a mistaken column, not a job. */
    static final int MOST_TASKS = 10_000_000;

    private static final double LONG_PERCENTILE = 95;

    private TraceJobs() {}

    /** The workload, named after the file. */
    static Workload workload(Path path, List<Job> jobs) throws TraceException {
        if (jobs.isEmpty()) {
            throw new TraceException(path, "no jobs in it, expected at least one line");
        }
        return new Workload(fileName(path), 0, jobs);
    }

    /** The same for a trace that does not say which jobs are long: the 5 % with the longest tasks on average. */
    static Workload classified(Path path, List<Job> jobs) throws TraceException {
        return workload(path, jobs).classifiedByPercentile(LONG_PERCENTILE);
    }

    static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
