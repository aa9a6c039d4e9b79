/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Seconds;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads {@code .tr} traces (Sparrow, Hawk, Eagle, Pigeon): one job a line, fields separated by blanks: submit time,
 * number of tasks, mean task duration, and the duration of each task; all times in seconds. A job has one stage. The
 * mean must be a duration but is not used: it follows from the tasks. Blank lines are passed over.
 */
final class TrReader {

    private static final int MOST_TASKS = 10_000_000;
    private static final double LONG_PERCENTILE = 95;
    // Stricter than Double.parseDouble, which also takes hexadecimal numbers and type suffixes.
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final Path path;
    private final Fields fields;

    private TrReader(Path path, Fields fields) {
        this.path = path;
        this.fields = fields;
    }

    static Workload read(Path path) throws IOException {
        // Decoding never fails: whatever is no text turns up as a field that is no number.
        try (Reader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            return new TrReader(path, new Fields(reader)).jobs();
        }
    }

    private Workload jobs() throws IOException {
        List<Job> jobs = new ArrayList<>();
        while (fields.advanceToContent()) {
            jobs.add(job(jobs.size() + 1));
        }
        if (jobs.isEmpty()) {
            throw new TraceException(path, "no jobs in it, expected at least one line");
        }
        Path file = path.getFileName();
        return new Workload(file == null ? path.toString() : file.toString(), 0, jobs)
                .classifiedByPercentile(LONG_PERCENTILE);
    }

    private Job job(int id) throws IOException {
        double submitTime = time("submit time", true);
        int tasks = tasks();
        time("mean task duration", false);
        ImmutableDoubleArray.Builder durations = ImmutableDoubleArray.builder();
        for (int task = 1; task <= tasks; task++) {
            durations.add(time("duration of task " + task + " of " + tasks, false));
        }
        String rest = fields.next();
        if (!rest.isEmpty()) {
            throw malformed(quoted(rest), "the end of the line after " + tasks + " task durations");
        }
        return new Job(id, "job-" + id, submitTime, JobClass.SHORT, List.of(new Stage(durations.build())));
    }

    private int tasks() throws IOException {
        String expected = "the number of tasks, 1 to " + MOST_TASKS;
        String field = fields.next();
        try {
            int tasks = Integer.parseInt(field);
            if (tasks >= 1 && tasks <= MOST_TASKS) {
                return tasks;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for all that is no number of tasks.
        }
        throw malformed(quoted(field), expected);
    }

    private double time(String what, boolean zeroAllowed) throws IOException {
        String field = fields.next();
        double value = NUMBER.matcher(field).matches() ? Double.parseDouble(field) : Double.NaN;
        boolean inRange = zeroAllowed ? value >= 0 : value > 0;
        if (!inRange || value > Seconds.LONGEST) {
            String lowerBound = zeroAllowed ? "at least 0" : "above 0";
            throw malformed(
                    quoted(field), "the " + what + " as a number of seconds, " + lowerBound + " and at most ten years");
        }
        return value;
    }

    private TraceException malformed(String found, String expected) {
        return new TraceException(path, fields.line(), found, expected);
    }

    private static String quoted(String field) {
        return field.isEmpty() ? "the end of the line" : "'" + field.replaceAll("\\p{C}", "?") + "'";
    }
}
