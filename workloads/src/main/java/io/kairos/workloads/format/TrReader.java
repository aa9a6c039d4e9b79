/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads {@code .tr} traces (Sparrow, Hawk, Eagle, Pigeon): one job a line, fields separated by blanks: submit time,
 * number of tasks, mean task duration, and the duration of each task; all times in seconds. A job has one stage. The
 * mean must be a duration but is not used: it follows from the tasks.
 */
final class TrReader {

    private TrReader() {}

    static Workload read(Path path) throws IOException {
        return JobLines.read(path, TrReader::job);
    }

    private static Job job(Fields fields, int id) throws IOException {
        double submitTime = fields.time(TimeKind.INSTANT, "submit time");
        int tasks = (int) fields.wholeNumber("number of tasks", 1, TraceJobs.MOST_TASKS);
        fields.time(TimeKind.DURATION, "mean task duration");
        // The number of tasks is not believed before they are there: what it reserves grows with what is read.
        ImmutableDoubleArray.Builder durations = ImmutableDoubleArray.builder(Math.min(tasks, 16));
        for (int task = 1; task <= tasks; task++) {
            durations.add(fields.time(TimeKind.DURATION, "duration of task " + task + " of " + tasks));
        }
        String rest = fields.next();
        if (!rest.isEmpty()) {
            throw fields.malformed(rest, "the end of the line after " + tasks + " task durations");
        }
        return new Job(
                id,
                "job-" + id,
                submitTime,
                JobClass.SHORT,
                List.of(new Stage(durations.build().trimmed())));
    }
}
