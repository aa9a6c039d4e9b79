/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import io.kairos.eval.report.Lines;
import io.kairos.yarn.nm.TaskRow;
import io.kairos.yarn.rm.WorkLeftRow;
import io.kairos.yarn.why.ApplicationLine;
import io.kairos.yarn.why.NodeAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The applications on a cluster by the service their present tasks have attained, most first, as {@code kairos top} shows them.
 *
 * @param applications those with a task on a node that answered
 * @param silentNodes nodes that did not answer: their tasks are missing
 */
public record Ranking(List<Row> applications, List<String> silentNodes) {
    private static final String ROW = "%-32s%-10s%-12s%6s%7s%6s%7s";
    private static final String ROW_WITH_WORK_LEFT = "%-31s%-9s%-9s%5s%7s%5s%7s%7s";

    /**
     * One application.
     *
     * @param running tasks with slots
     * @param attainedSeconds service its present tasks have attained
     * @param pausedSeconds time its present tasks were paused
     * @param workLeftSeconds work it has left; absent where the policy does not go by it
     */
    public record Row(
            String application,
            String user,
            String queue,
            int running,
            int paused,
            int held,
            double attainedSeconds,
            double pausedSeconds,
            @Nullable Double workLeftSeconds) {
        private Row with(TaskRow task) {
            return new Row(
                    application,
                    user,
                    queue,
                    running + (task.runs() ? 1 : 0),
                    paused + (task.paused() ? 1 : 0),
                    held + (task.held() ? 1 : 0),
                    attainedSeconds + task.attainedSeconds(),
                    pausedSeconds + task.pausedSeconds(),
                    workLeftSeconds);
        }
    }

    /** Adds up what the nodes said, with the work that applications have left as far as it is known; an application the ResourceManager does not show to this user has no user and queue. */
    public static Ranking of(List<NodeAnswer> answers, Map<String, ApplicationLine> known, List<WorkLeftRow> workLeft) {
        Map<String, Double> left = new HashMap<>();
        workLeft.forEach(row -> left.put(row.application(), row.seconds()));
        Map<String, Row> rows = new LinkedHashMap<>();
        List<String> silent = new ArrayList<>();
        for (NodeAnswer answer : answers) {
            if (!answer.trouble().isEmpty()) {
                silent.add(answer.node().nodeId() + ": " + answer.trouble());
            }
            for (TaskRow task : answer.tasks()) {
                ApplicationLine application = known.get(task.application());
                Row empty = new Row(
                        task.application(),
                        application == null ? "-" : application.user(),
                        application == null ? "-" : application.queue(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        left.get(task.application()));
                rows.put(
                        task.application(),
                        rows.getOrDefault(task.application(), empty).with(task));
            }
        }
        return new Ranking(
                rows.values().stream()
                        .sorted(Comparator.comparingDouble(Row::attainedSeconds)
                                .reversed()
                                .thenComparing(Row::application))
                        .toList(),
                silent);
    }

    /** A table of at most 80 columns and so many rows. */
    public List<String> lines(int mostRows) {
        List<String> lines = new ArrayList<>();
        lines.add(Lines.format(
                "%d applications: %d tasks run, %d are paused, %d are held",
                applications.size(),
                applications.stream().mapToInt(Row::running).sum(),
                applications.stream().mapToInt(Row::paused).sum(),
                applications.stream().mapToInt(Row::held).sum()));
        boolean hasWorkLeft = applications.stream().anyMatch(row -> row.workLeftSeconds() != null);
        lines.add(Lines.format(
                hasWorkLeft ? ROW_WITH_WORK_LEFT : ROW,
                "application",
                "user",
                "queue",
                "run",
                "paused",
                "held",
                "att. s",
                "left s"));
        applications.stream().limit(mostRows).forEach(row -> lines.add(line(row, hasWorkLeft)));
        if (applications.size() > mostRows) {
            lines.add("... and " + (applications.size() - mostRows) + " more");
        }
        silentNodes.forEach(node -> lines.addAll(Lines.wrap("without " + node, "    ")));
        return lines;
    }

    private static String line(Row row, boolean hasWorkLeft) {
        return Lines.format(
                hasWorkLeft ? ROW_WITH_WORK_LEFT : ROW,
                row.application(),
                Lines.clip(row.user(), hasWorkLeft ? 8 : 9),
                Lines.clipFront(
                        row.queue().startsWith("root.") ? row.queue().substring("root.".length()) : row.queue(),
                        hasWorkLeft ? 8 : 11),
                row.running(),
                row.paused(),
                row.held(),
                Lines.seconds(row.attainedSeconds()),
                row.workLeftSeconds() == null ? "-" : Lines.seconds(row.workLeftSeconds()));
    }
}
