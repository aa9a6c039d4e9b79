/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The comparison as plain text of at most 80 columns. A scheduler is a row, so any number of them fits; behind each figure
 * stands its ratio to the first scheduler's.
 */
public final class TerminalTable {
    /** The widest line there is. */
    public static final int WIDTH = 80;

    private static final int NAME_WIDTH = 11;

    private TerminalTable() {}

    /** The table, one string a line, without trailing spaces. */
    public static List<String> lines(Results results) {
        List<String> lines = new ArrayList<>();
        lines.add(clip(Figures.format(
                "%s: %d jobs, %d tasks, %s s of service%s",
                results.workload().name(),
                results.workload().jobs(),
                results.workload().tasks(),
                Figures.number(results.workload().serviceSeconds()),
                results.workload().seed() == null
                        ? ""
                        : ", seed " + results.workload().seed())));
        addBlock(lines, results, "completion time, s", Figures::completionTime);
        addBlock(lines, results, "slowdown", Figures::slowdown);
        addCounts(lines, results);
        List<String> sentences = LongJobs.sentences(results);
        if (!sentences.isEmpty()) {
            lines.add("");
            sentences.forEach(sentence -> lines.addAll(wrap(sentence)));
        }
        return lines.stream().map(String::stripTrailing).toList();
    }

    private static void addBlock(
            List<String> lines,
            Results results,
            String title,
            BiFunction<RunSummary, String, @Nullable Distribution> figures) {
        StringBuilder heading = new StringBuilder(Figures.format("%-18s%4s", title, "n"));
        Figures.COLUMNS.forEach(column -> heading.append(Figures.format("%8s      ", column.heading())));
        lines.add("");
        lines.add(heading.toString());
        for (String group : Figures.GROUPS) {
            boolean first = true;
            for (RunSummary run : results.runs()) {
                Distribution figure = figures.apply(run, group);
                if (figure != null) {
                    Distribution base = figures.apply(results.runs().get(0), group);
                    String name = Figures.format(
                            "%-6s%-12s%4d",
                            first ? group : "", Lines.clipFront(run.scheduler(), NAME_WIDTH), Figures.jobs(run, group));
                    lines.add(name + cells(figure, run.equals(results.runs().get(0)) ? null : base));
                    first = false;
                }
            }
        }
    }

    private static String cells(Distribution figures, @Nullable Distribution base) {
        StringBuilder cells = new StringBuilder();
        for (Figures.Column column : Figures.COLUMNS) {
            double value = column.figure().applyAsDouble(figures);
            String ratio =
                    base == null ? "" : Figures.ratio(value, column.figure().applyAsDouble(base));
            cells.append(Figures.format("%8s %-5s", Figures.number(value), ratio));
        }
        return cells.toString();
    }

    private static void addCounts(List<String> lines, Results results) {
        String row = "%-18s%7s%13s%12s%14s%8s%8s";
        lines.add("");
        lines.add(Figures.format(row, "tasks", "busy", "preemptions", "paused s", "completed", "failed", "killed"));
        for (RunSummary run : results.runs()) {
            Double busy = run.utilisation();
            lines.add(Figures.format(
                    row,
                    "      " + Lines.clipFront(run.scheduler(), NAME_WIDTH),
                    busy == null ? Figures.UNKNOWN : Figures.format("%.0f %%", 100 * busy),
                    Figures.number(run.preemptions()),
                    Figures.number(run.pausedSeconds()),
                    run.tasks().completed() + "/" + run.tasks().submitted(),
                    run.tasks().failed(),
                    run.tasks().killed()));
        }
    }

    private static String clip(String text) {
        return clip(text, WIDTH);
    }

    private static String clip(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "~";
    }

    private static List<String> wrap(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("   ");
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(clip(line.toString()));
        return lines;
    }
}
