/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.chart.Markup;
import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.RunSummary;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The page's tables of figures: completion time, slowdown, counts. */
final class FiguresTables {
    private FiguresTables() {}

    static String render(Results results) {
        return block(results, "Completion time, seconds", Figures::completionTime)
                + block(results, "Slowdown, completion time over time alone", Figures::slowdown)
                + counts(results);
    }

    private static String block(
            Results results, String caption, BiFunction<RunSummary, String, @Nullable Distribution> figures) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><caption>" + caption
                + "</caption>\n<thead><tr><th scope=\"col\">jobs</th><th scope=\"col\">scheduler</th>"
                + "<th scope=\"col\" class=\"number\">n</th>");
        Figures.COLUMNS.forEach(
                column -> html.append("<th scope=\"col\" class=\"number\">" + column.heading() + "</th>"));
        html.append("<th scope=\"col\" class=\"number\">max</th></tr></thead>\n");
        for (String group : Figures.GROUPS) {
            StringBuilder rows = new StringBuilder();
            boolean first = true;
            for (RunSummary run : results.runs()) {
                Distribution figure = figures.apply(run, group);
                if (figure != null) {
                    Distribution base = run.equals(results.runs().get(0))
                            ? null
                            : figures.apply(results.runs().get(0), group);
                    rows.append(row(first ? group : "", run.scheduler(), Figures.jobs(run, group), figure, base));
                    first = false;
                }
            }
            html.append(rows.length() == 0 ? "" : "<tbody>\n" + rows + "</tbody>\n");
        }
        return html.append("</table></div>\n").toString();
    }

    private static String row(
            String group, String scheduler, int jobs, Distribution figures, @Nullable Distribution base) {
        StringBuilder html = new StringBuilder("<tr><th scope=\"row\">" + group + "</th><td>" + Markup.escape(scheduler)
                + "</td><td class=\"number\">" + jobs + "</td>");
        for (Figures.Column column : Figures.COLUMNS) {
            html.append(cell(column, figures, base));
        }
        return html.append(cell(new Figures.Column("max", Distribution::max), figures, base))
                .append("</tr>\n")
                .toString();
    }

    private static String cell(Figures.Column column, Distribution figures, @Nullable Distribution base) {
        double value = column.figure().applyAsDouble(figures);
        String ratio = base == null ? "" : Figures.ratio(value, column.figure().applyAsDouble(base));
        // An empty one too, so that the figures stand below each other.
        String small = " <small class=\"ratio\">" + ratio.replace("x", "×") + "</small>";
        return "<td class=\"number\">" + Figures.number(value) + small + "</td>";
    }

    private static String counts(Results results) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><caption>Runs</caption>\n<thead><tr>"
                + "<th scope=\"col\">scheduler</th>");
        for (String heading : List.of(
                "slots busy", "placements", "preemptions", "paused, s", "completed", "failed", "killed", "wall, s")) {
            html.append("<th scope=\"col\" class=\"number\">" + heading + "</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (RunSummary run : results.runs()) {
            Double busy = run.utilisation();
            html.append("<tr><th scope=\"row\">" + Markup.escape(run.scheduler()) + "</th>");
            for (String value : List.of(
                    busy == null ? Figures.UNKNOWN : Figures.format("%.0f %%", 100 * busy),
                    Figures.number(run.placements()),
                    Figures.number(run.preemptions()),
                    Figures.number(run.pausedSeconds()),
                    run.tasks().completed() + " of " + run.tasks().submitted(),
                    String.valueOf(run.tasks().failed()),
                    String.valueOf(run.tasks().killed()),
                    Figures.number(run.wallSeconds()))) {
                html.append("<td class=\"number\">" + value + "</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }
}
