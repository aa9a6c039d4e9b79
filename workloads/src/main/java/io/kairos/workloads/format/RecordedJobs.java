/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Seconds;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Jobs out of the logs of a cluster, whose times are those of a clock. The first one submitted counts as submitted at 0.
 * Jobs without a successful task are counted and left out. Not thread-safe.
 */
final class RecordedJobs {

    /**
     * One job.
     *
     * @param log the file that tells of it
     * @param submitMillis since 1970
     */
    record Recorded(Path log, String name, long submitMillis, List<Stage> stages) {}

    private final List<Recorded> jobs = new ArrayList<>();
    private int withoutTasks;

    void add(Recorded job) {
        if (job.stages().isEmpty()) {
            withoutTasks++;
        } else {
            jobs.add(job);
        }
    }

    /**
     * The jobs, numbered in the order they were added in.
     *
     * @param remarks is told what was left out
     */
    Workload toWorkload(Path path, Consumer<String> remarks) throws TraceException {
        if (withoutTasks > 0) {
            remarks.accept(path + ": left out " + counted(withoutTasks, "job") + " without a successful task");
        }
        if (jobs.isEmpty()) {
            throw new TraceException(path, "no job with a successful task in it, expected at least one");
        }
        long first = jobs.stream().mapToLong(Recorded::submitMillis).min().orElseThrow();
        List<Job> numbered = new ArrayList<>(jobs.size());
        for (Recorded job : jobs) {
            double submitTime = (job.submitMillis() - first) / 1000.0;
            if (submitTime > Seconds.LONGEST) {
                throw new TraceException(
                        job.log(), "submitted more than ten years after the first job, expected jobs of one time");
            }
            numbered.add(new Job(numbered.size() + 1, job.name(), submitTime, JobClass.SHORT, job.stages()));
        }
        return TraceJobs.classified(path, numbered);
    }

    /** As in {@code 1 job} and {@code 2 jobs}. */
    static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
