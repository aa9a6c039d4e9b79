/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.kairos.workloads.model.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the history of one MapReduce job tells of its tasks (the events of org.apache.hadoop.mapreduce.jobhistory). Maps are
 * the first stage, reduces the second. A task's duration is that of its first attempt that succeeded, from the attempt's
 * start, not the task's, which includes its wait for a container. A reduce that started before the last map had
 * finished counts from then on: it could only wait, and a stage here begins when the one before it has ended.
 */
final class JhistJob {

    /** What is looked for in the events; the record inside an event has the name of its class. */
    static final List<String> VALUES = List.of(
            "type",
            "event/*/jobid",
            "event/*/submitTime",
            "event/*/taskid",
            "event/*/attemptId",
            "event/*/startTime",
            "event/*/finishTime");

    private static final String SUBMITTED = "JOB_SUBMITTED";
    private static final Pattern TASK = Pattern.compile("task_\\d+_\\d+_[mr]_(\\d{1,9})");

    // Of the attempts that run; one that ended is taken out.
    private final Map<String, Long> started = new HashMap<>();
    private final BitSet mapsDone = new BitSet();
    private final BitSet reducesDone = new BitSet();
    private final ImmutableDoubleArray.Builder maps = ImmutableDoubleArray.builder();
    private final ImmutableLongArray.Builder reduceStarts = ImmutableLongArray.builder();
    private final ImmutableLongArray.Builder reduceFinishes = ImmutableLongArray.builder();
    private String id = "";
    private long submitMillis = -1;
    private long lastMapFinish;

    void accept(EventLog event) throws TraceException {
        switch (event.text("type")) {
            case "" -> throw event.malformed("no 'type'", "an event of a job history");
            case SUBMITTED -> {
                id = event.required("jobid");
                submitMillis = event.millis("submitTime");
            }
            case "MAP_ATTEMPT_STARTED", "REDUCE_ATTEMPT_STARTED" ->
                started.put(event.required("attemptId"), event.millis("startTime"));
            case "MAP_ATTEMPT_FINISHED" -> map(event);
            case "REDUCE_ATTEMPT_FINISHED" -> reduce(event);
            case "MAP_ATTEMPT_FAILED", "MAP_ATTEMPT_KILLED", "REDUCE_ATTEMPT_FAILED", "REDUCE_ATTEMPT_KILLED" ->
                started.remove(event.required("attemptId"));
            default -> {
                // Events of the job, of its master, of set-up and clean-up.
            }
        }
    }

    /** The job, without stages if no task succeeded. */
    RecordedJobs.Recorded toJob(Path file) throws TraceException {
        if (submitMillis < 0) {
            throw new TraceException(file, "no " + SUBMITTED + " in it, expected the history of a job");
        }
        List<Stage> stages = new ArrayList<>();
        addStage(maps.build().trimmed(), stages);
        addStage(reduces(), stages);
        return new RecordedJobs.Recorded(file, id, submitMillis, stages);
    }

    private void map(EventLog event) throws TraceException {
        long start = start(event);
        long finish = event.millis("finishTime");
        double seconds = event.seconds(start, finish);
        if (isFirstSuccess(event, mapsDone)) {
            maps.add(seconds);
            lastMapFinish = Math.max(lastMapFinish, finish);
        }
    }

    private void reduce(EventLog event) throws TraceException {
        long start = start(event);
        long finish = event.millis("finishTime");
        event.seconds(start, finish);
        if (isFirstSuccess(event, reducesDone)) {
            reduceStarts.add(start);
            reduceFinishes.add(finish);
        }
    }

    private long start(EventLog event) throws TraceException {
        String attempt = event.required("attemptId");
        Long start = started.remove(attempt);
        if (start == null) {
            throw event.malformed(
                    "the end of " + TraceException.quoted(attempt), "an event that tells of its start before");
        }
        return start;
    }

    private static boolean isFirstSuccess(EventLog event, BitSet done) throws TraceException {
        String task = event.required("taskid");
        Matcher matcher = TASK.matcher(task);
        int number = matcher.matches() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
        if (number > TraceJobs.MOST_TASKS) {
            throw event.malformed(
                    TraceException.quoted(task) + " as 'taskid'", "one as in task_1700000000000_0001_m_000002");
        }
        boolean isFirst = !done.get(number);
        done.set(number);
        return isFirst;
    }

    private ImmutableDoubleArray reduces() {
        ImmutableLongArray starts = reduceStarts.build();
        ImmutableLongArray finishes = reduceFinishes.build();
        ImmutableDoubleArray.Builder seconds = ImmutableDoubleArray.builder(Math.max(1, starts.length()));
        for (int task = 0; task < starts.length(); task++) {
            long from = Math.max(starts.get(task), lastMapFinish);
            seconds.add(Math.max(1, finishes.get(task) - from) / 1000.0);
        }
        return seconds.build();
    }

    private static void addStage(ImmutableDoubleArray durations, List<Stage> stages) {
        if (!durations.isEmpty()) {
            stages.add(new Stage(durations));
        }
    }
}
