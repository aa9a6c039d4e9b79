/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads text traces that have one job a line and say nothing of who is long. Jobs are numbered from 1; blank lines are passed over. */
final class JobLines {

    /** Makes a job of one line. */
    interface LineReader {
        /** Takes all fields of the line that the job begins on, and none of the next one. */
        Job read(Fields fields, int id) throws IOException;
    }

    private JobLines() {}

    static Workload read(Path path, LineReader reader) throws IOException {
        try (Fields fields = Fields.open(path)) {
            List<Job> jobs = new ArrayList<>();
            while (fields.advanceToContent()) {
                jobs.add(reader.read(fields, jobs.size() + 1));
            }
            return TraceJobs.classified(path, jobs);
        }
    }
}
