/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import com.google.common.base.Splitter;
import java.util.List;

/**
 * Events of a job as lines of text, to pass them from the process of its master to the replaying one. Fields are
 * separated by tabs; the kind stands first.
 */
final class EventLine {

    private static final char SEPARATOR = '\t';
    private static final Splitter FIELDS = Splitter.on(SEPARATOR);

    private EventLine() {}

    static String allocated(TaskId task, String container, String node, double time) {
        return line("allocated", task.job(), task.stage(), task.index(), container, node, time);
    }

    static String started(TaskId task, String container, String node, double time) {
        return line("started", task.job(), task.stage(), task.index(), container, node, time);
    }

    static String ended(TaskId task, String container, String node, TaskEnd end, int exitStatus, double time) {
        return line("ended", task.job(), task.stage(), task.index(), container, node, time, end, exitStatus);
    }

    static String finished(int job, boolean failed, String diagnostics, double time) {
        return line("finished", job, time, failed, diagnostics);
    }

    static String error(String what, Throwable cause) {
        return line("error", what, String.valueOf(cause));
    }

    /**
     * Tells a listener the event of a line.
     *
     * @param offset what to add to the times of the line, in seconds
     * @throws IllegalArgumentException if the line is none of these
     */
    static void tell(String line, double offset, ReplayListener listener) {
        List<String> fields = FIELDS.splitToList(line);
        switch (fields.get(0)) {
            case "allocated" ->
                listener.containerAllocated(task(fields), fields.get(4), fields.get(5), time(fields.get(6), offset));
            case "started" ->
                listener.taskStarted(task(fields), fields.get(4), fields.get(5), time(fields.get(6), offset));
            case "ended" ->
                listener.taskEnded(
                        task(fields),
                        fields.get(4),
                        fields.get(5),
                        TaskEnd.valueOf(fields.get(7)),
                        Integer.parseInt(fields.get(8)),
                        time(fields.get(6), offset));
            case "finished" ->
                listener.jobFinished(
                        Integer.parseInt(fields.get(1)),
                        Boolean.parseBoolean(fields.get(3)),
                        fields.get(4),
                        time(fields.get(2), offset));
            case "error" -> listener.error(fields.get(1), new IllegalStateException(fields.get(2)));
            default -> throw new IllegalArgumentException("'" + line + "' is no event of a replay");
        }
    }

    private static TaskId task(List<String> fields) {
        return new TaskId(
                Integer.parseInt(fields.get(1)), Integer.parseInt(fields.get(2)), Integer.parseInt(fields.get(3)));
    }

    private static double time(String field, double offset) {
        return Double.parseDouble(field) + offset;
    }

    private static String line(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            if (line.length() > 0) {
                line.append(SEPARATOR);
            }
            line.append(field.toString().replaceAll("[\\t\\r\\n]+", " "));
        }
        return line.toString();
    }
}
