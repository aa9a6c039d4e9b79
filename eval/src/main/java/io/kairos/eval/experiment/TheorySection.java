/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.chart.Markup;
import io.kairos.eval.experiment.TheoryExperiment.Result;
import io.kairos.eval.experiment.TheoryExperiment.Row;
import io.kairos.eval.report.Lines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page's part on the simulator against formulas: a table for each figure. */
final class TheorySection {
    private static final String TITLE = "The simulator against the formulas of queueing theory";

    /** The line in the table of contents. */
    static final String LINK = "<li><a href=\"#theory\">" + TITLE + "</a></li>\n";

    private static final List<String> HEADINGS = List.of("load", "formula", "measured", "±", "off by", "plain");

    private TheorySection() {}

    static String render(Result result) {
        StringBuilder html = new StringBuilder("<section id=\"theory\">\n<h2>" + TITLE + "</h2>\n");
        html.append("<p class=\"facts\">" + TheoryExperiment.facts(result) + "</p>\n");
        Map<String, List<Row>> byFigure = result.rows().stream()
                .collect(Collectors.groupingBy(Row::figure, LinkedHashMap::new, Collectors.toList()));
        byFigure.forEach((figure, rows) -> html.append(table(figure, rows)));
        html.append("<p>" + TheoryExperiment.verdict(result) + "; " + TheoryExperiment.PLAIN + ".</p>\n");
        return html.append("</section>\n").toString();
    }

    private static String table(String figure, List<Row> rows) {
        StringBuilder html = new StringBuilder(
                "<div class=\"scroll\"><table><caption>" + Markup.escape(figure) + "</caption>\n<thead><tr>");
        html.append("<th scope=\"col\">discipline</th>");
        HEADINGS.forEach(heading -> html.append("<th scope=\"col\" class=\"number\">" + heading + "</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        rows.forEach(row -> html.append(line(row)));
        return html.append("</tbody></table></div>\n").toString();
    }

    private static String line(Row row) {
        List<String> cells = List.of(
                Lines.format("%.1f", row.load()),
                TheoryExperiment.number(row.formula()),
                TheoryExperiment.number(row.measured()),
                TheoryExperiment.number(row.interval()),
                Lines.format("%.2f %%", 100 * row.difference()),
                TheoryExperiment.number(row.plain()));
        return "<tr><th scope=\"row\">" + Markup.escape(row.discipline()) + "</th>"
                + cells.stream()
                        .map(cell -> "<td class=\"number\">" + cell + "</td>")
                        .collect(Collectors.joining())
                + "</tr>\n";
    }
}
