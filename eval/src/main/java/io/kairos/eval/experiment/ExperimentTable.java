/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import com.google.common.base.Strings;
import com.google.common.collect.Iterables;
import io.kairos.eval.report.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as plain text of at most 80 columns: a row for each policy at each value of the sweep. The baseline has its figures, the
 * others have ratios to them where there is one.
 */
public final class ExperimentTable {
    /** Figures side by side; more go into further blocks. */
    private static final int COLUMNS = 3;

    private static final int CELL = 19;
    private static final int NAMES = Lines.WIDTH - COLUMNS * CELL;
    /** What is left at least for the policy beside the value of the sweep. */
    private static final int SHORTEST_NAME = 8;

    private final ExperimentResult result;
    private final List<String> lines = new ArrayList<>();

    private ExperimentTable(ExperimentResult result) {
        this.result = result;
    }

    /** The text, one string a line, without trailing blanks. */
    public static List<String> lines(ExperimentResult result) {
        ExperimentTable table = new ExperimentTable(result);
        table.wrap(result.experiment() + ": " + result.title());
        table.wrap("  " + result.question());
        String note = result.note();
        if (note != null) {
            table.wrap("  " + note);
        }
        result.parts().forEach(table::addPart);
        return table.lines.stream()
                .map(line -> Lines.clip(line.stripTrailing(), Lines.WIDTH))
                .toList();
    }

    private void wrap(String sentence) {
        lines.addAll(Lines.wrap(sentence, "  "));
    }

    private void addPart(ExperimentResult.PartResult part) {
        lines.add("");
        String title = part.title();
        if (title != null) {
            wrap(title);
        }
        wrap(FigureText.facts(part));
        wrap(FigureText.statistics(result, part));
        for (List<Metric> metrics : Iterables.partition(part.metrics(), COLUMNS)) {
            addBlock(part, metrics);
        }
        if (!part.published().isEmpty()) {
            lines.add("");
            part.published().forEach(claim -> wrap(sentence(part, claim)));
        }
    }

    private void addBlock(ExperimentResult.PartResult part, List<Metric> metrics) {
        String sweep = part.sweep();
        int width = sweep == null ? 0 : sweepWidth(part, sweep);
        StringBuilder heading = new StringBuilder(name(sweep == null ? "" : sweep, width, "policy"));
        metrics.forEach(metric -> heading.append(FigureText.format(" %-18s", Lines.clip(metric.heading(), 18))));
        lines.add("");
        lines.add(heading.toString());
        String shown = null;
        for (ExperimentResult.Row row : part.rows()) {
            String value = Objects.requireNonNullElse(row.value(), "");
            StringBuilder line = new StringBuilder(name(value.equals(shown) ? "" : value, width, row.policy()));
            metrics.forEach(metric -> line.append(cell(row.figures().get(metric.name()))));
            lines.add(line.toString());
            shown = value;
        }
    }

    private static int sweepWidth(ExperimentResult.PartResult part, String sweep) {
        int values = part.rows().stream()
                .mapToInt(row -> Objects.requireNonNullElse(row.value(), "").length())
                .max()
                .orElse(0);
        int longest = part.policies().stream().mapToInt(String::length).max().orElse(0);
        // The whole name of what is varied, if names of policies leave room for it.
        int wanted = Math.max(values, Math.min(sweep.length(), NAMES - longest - 1)) + 1;
        return Math.min(wanted, NAMES - SHORTEST_NAME);
    }

    private static String name(String value, int width, String policy) {
        String first = width == 0 ? "" : Strings.padEnd(Lines.clip(value, width - 1), width, ' ');
        return Strings.padEnd(first + Lines.clipFront(policy, NAMES - width), NAMES, ' ');
    }

    private String cell(ExperimentResult.@Nullable Figure figure) {
        if (figure == null) {
            return FigureText.format(" %6s %-11s", FigureText.UNKNOWN, "");
        }
        Estimate ratio = figure.ratio();
        Estimate shown = ratio == null ? figure.value() : ratio;
        return FigureText.format(
                " %6s %-11s",
                (ratio == null ? "" : "x") + FigureText.compact(shown.mean()),
                FigureText.shortInterval(shown, result.seeds()));
    }

    private String sentence(ExperimentResult.PartResult part, ExperimentResult.PublishedResult claim) {
        String interval = FigureText.interval(claim.measured(), result.seeds());
        return FigureText.compared(part, claim) + ": published " + FigureText.full(claim.published()) + " ("
                + claim.source() + "), measured "
                + FigureText.full(claim.measured().mean())
                + (interval.isEmpty() ? "" : " " + interval) + ": " + FigureText.verdict(claim);
    }
}
