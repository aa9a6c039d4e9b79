/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads the MapReduce traces of SWIM (Chen et al., MASCOTS'11; the Facebook traces of 2009 and 2010): one job a line,
 * fields separated by tabs: name, submit time and time since the last job in seconds, bytes of map input, of shuffle and
 * of reduce output. Further fields, such as paths, are passed over. They say nothing of tasks or durations; those follow
 * from the bytes as {@link SwimTasks} has it.
 */
final class SwimReader {

    // A field of the length that Fields cuts off at may go on; no trace has such names.
    private static final int LONGEST_NAME = 63;

    private SwimReader() {}

    static Workload read(Path path) throws IOException {
        return JobLines.read(path, SwimReader::job);
    }

    private static Job job(Fields fields, int id) throws IOException {
        String name = fields.next();
        if (name.length() > LONGEST_NAME) {
            throw fields.malformed(name, "the name of a job, at most " + LONGEST_NAME + " characters");
        }
        double submitTime = fields.time(TimeKind.INSTANT, "submit time");
        fields.time(TimeKind.INSTANT, "time since the last job");
        long input = bytes(fields, "map input");
        long shuffle = bytes(fields, "shuffle");
        long output = bytes(fields, "reduce output");
        fields.skipLine();
        return new Job(id, name, submitTime, JobClass.SHORT, SwimTasks.stages(input, shuffle, output));
    }

    private static long bytes(Fields fields, String what) throws IOException {
        return fields.wholeNumber("bytes of " + what, 0, SwimTasks.MOST_BYTES);
    }
}
