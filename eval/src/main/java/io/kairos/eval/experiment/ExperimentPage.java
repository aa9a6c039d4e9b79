/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.chart.Markup;
import io.kairos.eval.report.Page;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Experiments as one page that needs nothing beside itself; with more than one there is a table of contents. */
public final class ExperimentPage {
    private static final String TABLE_CAPTION =
            "Figures, times in seconds; below each its interval, that of the ratio where there is one";

    private final ExperimentResults results;
    private final StringBuilder html = new StringBuilder();

    private ExperimentPage(ExperimentResults results) {
        this.results = results;
    }

    /** The whole page; also well-formed XML. */
    public static String render(ExperimentResults results) {
        List<ExperimentResult> all = results.experiments();
        boolean single = all.size() == 1
                && results.theory() == null
                && results.failures().isEmpty();
        String title = single ? all.get(0).title() : "Experiments";
        ExperimentPage page = new ExperimentPage(results);
        page.element("h1", title);
        if (!single) {
            page.addContents();
        }
        for (ExperimentResult result : all) {
            page.addExperiment(result, single);
        }
        TheoryExperiment.Result theory = results.theory();
        if (theory != null) {
            page.html.append(TheorySection.render(theory));
        }
        return Page.render(title, page.html.toString());
    }

    private void element(String tag, String text) {
        html.append('<').append(tag).append('>').append(Markup.escape(text));
        html.append("</").append(tag.split(" ", 2)[0]).append(">\n");
    }

    private void addContents() {
        html.append("<ol>\n");
        for (ExperimentResult result : results.experiments()) {
            html.append("<li><a href=\"#" + Markup.escape(result.experiment()) + "\">" + Markup.escape(result.title())
                    + "</a></li>\n");
        }
        if (results.theory() != null) {
            html.append(TheorySection.LINK);
        }
        html.append("</ol>\n");
        results.failures()
                .forEach((name, failure) -> element("p class=\"note\"", name + " gave no result: " + failure));
    }

    private void addExperiment(ExperimentResult result, boolean single) {
        html.append("<section id=\"" + Markup.escape(result.experiment()) + "\">\n");
        if (!single) {
            element("h2", result.title());
        }
        element("p", result.question());
        String note = result.note();
        if (note != null) {
            element("p class=\"note\"", note);
        }
        for (ExperimentResult.PartResult part : result.parts()) {
            addPart(result, part);
        }
        html.append("</section>\n");
    }

    private void addPart(ExperimentResult result, ExperimentResult.PartResult part) {
        String title = part.title();
        if (title != null) {
            element("h3", title);
        }
        element("p class=\"facts\"", FigureText.facts(part));
        String caption = caption(result, part);
        String charts = ExperimentCharts.render(part, caption);
        html.append(charts);
        if (charts.isEmpty()) {
            element("p", caption);
        }
        addTable(result, part);
        if (!part.published().isEmpty()) {
            addPublished(result, part);
        }
    }

    private String caption(ExperimentResult result, ExperimentResult.PartResult part) {
        String commit = results.commit();
        return FigureText.statistics(result, part) + " Scenario " + result.experiment()
                + (commit == null ? "." : ", commit " + commit + ".");
    }

    private void addTable(ExperimentResult result, ExperimentResult.PartResult part) {
        html.append("<div class=\"scroll\"><table><caption>" + TABLE_CAPTION + "</caption>\n<thead><tr>");
        String sweep = part.sweep();
        if (sweep != null) {
            heading(sweep, "");
        }
        heading("policy", "");
        part.metrics().forEach(metric -> heading(metric.heading(), " class=\"number\""));
        html.append("</tr></thead>\n<tbody>\n");
        String shown = null;
        for (ExperimentResult.Row row : part.rows()) {
            String value = Objects.requireNonNullElse(row.value(), "");
            if (shown != null && !value.equals(shown)) {
                html.append("</tbody>\n<tbody>\n");
            }
            html.append("<tr>");
            if (sweep != null) {
                element("th scope=\"row\"", value.equals(shown) ? "" : value);
            }
            element("td", row.policy());
            part.metrics().forEach(metric -> addCell(result, row.figures().get(metric.name())));
            html.append("</tr>\n");
            shown = value;
        }
        html.append("</tbody></table></div>\n");
    }

    private void heading(String text, String attributes) {
        element("th scope=\"col\"" + attributes, text);
    }

    /** The figure, its ratio, and below them the interval of the ratio, or of the figure where there is no ratio. */
    private void addCell(ExperimentResult result, ExperimentResult.@Nullable Figure figure) {
        html.append("<td class=\"number\">");
        if (figure == null) {
            html.append(FigureText.UNKNOWN);
        } else {
            Estimate ratio = figure.ratio();
            html.append(FigureText.compact(figure.value().mean()));
            if (ratio != null) {
                html.append(" <small>×")
                        .append(FigureText.compact(ratio.mean()))
                        .append("</small>");
            }
            html.append("<br/><small>")
                    .append(FigureText.interval(ratio == null ? figure.value() : ratio, result.seeds()))
                    .append("</small>");
        }
        html.append("</td>\n");
    }

    private void addPublished(ExperimentResult result, ExperimentResult.PartResult part) {
        html.append("<div class=\"scroll\"><table><caption>Beside what was published</caption>\n<thead><tr>");
        heading("figure", "");
        heading("published", " class=\"number\"");
        heading("measured", " class=\"number\"");
        heading("", "");
        heading("source", "");
        html.append("</tr></thead>\n<tbody>\n");
        for (ExperimentResult.PublishedResult claim : part.published()) {
            html.append("<tr>");
            element("td", FigureText.compared(part, claim));
            element("td class=\"number\"", FigureText.full(claim.published()));
            html.append(
                    "<td class=\"number\">" + FigureText.full(claim.measured().mean()) + " <small>"
                            + FigureText.interval(claim.measured(), result.seeds()) + "</small></td>\n");
            element("td", FigureText.verdict(claim));
            element("td", claim.source());
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }
}
