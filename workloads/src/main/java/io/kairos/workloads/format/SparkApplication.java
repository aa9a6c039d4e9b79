/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.format;

import io.kairos.workloads.model.Stage;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the event log of one Spark application tells of its tasks. An application is a job, and its stages that ran a task
 * to success become stages one after another, in the order of their first launch, whether or not they overlapped. A task's
 * duration is from its launch to its finish. Tasks that failed or were killed are left out, and so is whatever of a
 * partition succeeded again: a speculative copy, or a stage that was tried anew.
 */
final class SparkApplication {

    /** What is looked for in the events. */
    static final List<String> VALUES = List.of(
            "Event",
            "App ID",
            "Timestamp",
            "Stage ID",
            "Stage Attempt ID",
            "Task End Reason/Reason",
            "Task Info/Index",
            "Task Info/Partition ID",
            "Task Info/Launch Time",
            "Task Info/Finish Time");

    private static final String START = "SparkListenerApplicationStart";

    private final Map<Integer, SparkStage> stages = new HashMap<>();
    private String id = "";
    private long submitMillis = -1;

    void accept(EventLog event) throws TraceException {
        switch (event.text("Event")) {
            case "" -> throw event.malformed("no 'Event'", "an event of Spark");
            case START -> start(event);
            case "SparkListenerTaskEnd" -> endOfTask(event);
            default -> {
                // Spark has some thirty kinds, and applications add their own.
            }
        }
    }

    /** The job, without stages if no task succeeded. */
    RecordedJobs.Recorded toJob(Path log) throws TraceException {
        if (submitMillis < 0) {
            throw new TraceException(log, "no " + START + " in it, expected a Spark event log");
        }
        List<Stage> inOrder = stages.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Integer, SparkStage>>comparingLong(
                                entry -> entry.getValue().firstLaunch())
                        .thenComparing(Map.Entry::getKey))
                .map(entry -> entry.getValue().toStage())
                .toList();
        return new RecordedJobs.Recorded(log, id.isBlank() ? TraceJobs.fileName(log) : id, submitMillis, inOrder);
    }

    private void start(EventLog event) throws TraceException {
        long submitted = event.millis("Timestamp");
        // Told twice it is still one.
        if (submitMillis >= 0 && submitted != submitMillis) {
            throw event.malformed("the start of a second application", "one application a log");
        }
        submitMillis = submitted;
        id = event.text("App ID");
    }

    private void endOfTask(EventLog event) throws TraceException {
        if (!event.text("Reason").equals("Success")) {
            return;
        }
        int stage = (int) event.wholeNumber("Stage ID", 0, Integer.MAX_VALUE);
        stages.computeIfAbsent(stage, unused -> new SparkStage()).accept(event);
    }
}
