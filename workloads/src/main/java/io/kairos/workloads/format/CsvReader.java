/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.Ints;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads CSV traces: a header line, then one task a line: {@code job_id}, {@code submit_time} and {@code duration} in
 * seconds, and if there are such columns {@code stage}, a whole number, and {@code class}, short or long. The lines of a
 * job need not be neighbours; they must agree on its submit time and its class. Its stages run in the order of their
 * numbers. Jobs are numbered in the order of their first lines, and the id is their name. Without a column
 * {@code class} the 5 % of jobs with the longest tasks on average are long.
 */
final class CsvReader {

    private static final List<String> REQUIRED = List.of(CsvTrace.JOB, CsvTrace.SUBMIT_TIME, CsvTrace.DURATION);

    /** What is known of a job while its lines come; its durations lie in arrays. */
    private static final class Draft {
        private final int id;
        private final double submitTime;
        private final JobClass jobClass;
        private final SortedMap<Integer, ImmutableDoubleArray.Builder> stages = new TreeMap<>();

        Draft(int id, double submitTime, JobClass jobClass) {
            this.id = id;
            this.submitTime = submitTime;
            this.jobClass = jobClass;
        }
    }

    private final CsvLines lines;
    private final boolean hasStages;
    private final boolean hasClasses;
    private final Map<String, Draft> drafts = new HashMap<>();

    private CsvReader(CsvLines lines) {
        this.lines = lines;
        this.hasStages = lines.has(CsvTrace.STAGE);
        this.hasClasses = lines.has(CsvTrace.CLASS);
    }

    static Workload read(Path path) throws IOException {
        try (CsvLines lines = CsvLines.open(path, REQUIRED)) {
            CsvReader reader = new CsvReader(lines);
            List<Job> jobs = reader.jobs();
            return reader.hasClasses ? TraceJobs.workload(path, jobs) : TraceJobs.classified(path, jobs);
        }
    }

    private List<Job> jobs() throws IOException {
        while (lines.next()) {
            Draft draft = draft();
            int stage = hasStages ? stage() : 1;
            draft.stages
                    .computeIfAbsent(stage, unused -> ImmutableDoubleArray.builder(1))
                    .add(time(TimeKind.DURATION, CsvTrace.DURATION, "duration"));
        }
        Job[] jobs = new Job[drafts.size()];
        drafts.forEach((name, draft) -> {
            List<Stage> stages = new ArrayList<>(draft.stages.size());
            draft.stages
                    .values()
                    .forEach(durations -> stages.add(new Stage(durations.build().trimmed())));
            jobs[draft.id - 1] = new Job(draft.id, name, draft.submitTime, draft.jobClass, stages);
        });
        return List.of(jobs);
    }

    private Draft draft() throws TraceException {
        String name = lines.field(CsvTrace.JOB);
        if (name.isBlank()) {
            throw lines.malformedField(CsvTrace.JOB, "the id of a job");
        }
        double submitTime = time(TimeKind.INSTANT, CsvTrace.SUBMIT_TIME, "submit time");
        JobClass jobClass = hasClasses ? jobClass() : JobClass.SHORT;
        Draft draft = drafts.get(name);
        if (draft == null) {
            draft = new Draft(drafts.size() + 1, submitTime, jobClass);
            drafts.put(name, draft);
        }
        if (draft.submitTime != submitTime) {
            throw lines.malformedField(
                    CsvTrace.SUBMIT_TIME,
                    draft.submitTime + " as in the first line of job " + TraceException.quoted(name));
        }
        if (draft.jobClass != jobClass) {
            throw lines.malformedField(
                    CsvTrace.CLASS,
                    draft.jobClass.label() + " as in the first line of job " + TraceException.quoted(name));
        }
        return draft;
    }

    private double time(TimeKind kind, String column, String what) throws TraceException {
        double seconds = kind.parse(lines.field(column));
        if (Double.isNaN(seconds)) {
            throw lines.malformedField(column, kind.expected(what));
        }
        return seconds;
    }

    private int stage() throws TraceException {
        Integer stage = Ints.tryParse(lines.field(CsvTrace.STAGE));
        if (stage == null || stage < 1) {
            throw lines.malformedField(CsvTrace.STAGE, "the number of a stage, at least 1");
        }
        return stage;
    }

    private JobClass jobClass() throws TraceException {
        for (JobClass jobClass : JobClass.values()) {
            if (jobClass.label().equalsIgnoreCase(lines.field(CsvTrace.CLASS))) {
                return jobClass;
            }
        }
        throw lines.malformedField(CsvTrace.CLASS, "short or long");
    }
}
