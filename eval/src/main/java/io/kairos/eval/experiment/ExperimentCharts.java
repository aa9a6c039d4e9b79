/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.chart.CumulativeChart;
import io.kairos.eval.chart.DotChart;
import io.kairos.eval.chart.Markup;
import io.kairos.eval.chart.SweepChart;
import io.kairos.eval.chart.ValueAxis;
import io.kairos.eval.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The figure of a part: a distribution, or a chart for each of some metrics. */
final class ExperimentCharts {
    /** Lines of a chart that look different. */
    private static final int COLOURS = 6;

    /** The baseline over the baseline. */
    private static final Estimate ITSELF = new Estimate(1, null, null);

    private ExperimentCharts() {}

    /** The figure with its caption; empty if none was asked for. */
    static String render(ExperimentResult.PartResult part, String caption) {
        FigureChoice choice = part.figure();
        if (choice == null) {
            return "";
        }
        JobFigure drawn = choice.distribution();
        List<String> charts = drawn != null
                ? List.of(distribution(part, drawn))
                : Objects.requireNonNull(choice.metrics()).stream()
                        .map(metric -> part.sweep() == null ? dots(part, choice, metric) : lines(part, choice, metric))
                        .toList();
        // Dots have their names beside them.
        String legend = part.sweep() == null && drawn == null ? "" : Page.legend(part.policies());
        return "<figure>\n" + legend + "<div class=\"columns\">\n" + String.join("", charts) + "</div>\n<figcaption>"
                + Markup.escape(caption) + "</figcaption></figure>\n";
    }

    private static String distribution(ExperimentResult.PartResult part, JobFigure drawn) {
        List<CumulativeChart.Series> series = part.rows().stream()
                .map(row -> new CumulativeChart.Series(
                        row.policy(), Objects.requireNonNullElse(row.distribution(), List.of())))
                .toList();
        return CumulativeChart.draw(
                "Distribution of " + drawn.axis() + ", jobs of all seeds together; the table gives figures",
                drawn.axis() + " (logarithmic)",
                drawn.unit(),
                series);
    }

    private static String lines(ExperimentResult.PartResult part, FigureChoice choice, Metric metric) {
        List<String> places = part.rows().stream()
                .map(row -> Objects.requireNonNullElse(row.value(), ""))
                .distinct()
                .toList();
        List<SweepChart.Series> series = new ArrayList<>();
        for (int i = 0; i < part.policies().size(); i++) {
            String policy = part.policies().get(i);
            List<SweepChart.Point> points = new ArrayList<>();
            for (ExperimentResult.Row row : part.rows()) {
                Estimate shown = policy.equals(part.baseline()) && choice.ratio() ? ITSELF : shown(row, choice, metric);
                if (row.policy().equals(policy) && shown != null) {
                    points.add(new SweepChart.Point(
                            places.indexOf(Objects.requireNonNullElse(row.value(), "")),
                            shown.mean(),
                            low(shown),
                            high(shown)));
                }
            }
            if (!points.isEmpty()) {
                series.add(new SweepChart.Series(policy, i % COLOURS, points));
            }
        }
        String varied = Objects.requireNonNullElse(part.sweep(), "");
        ValueAxis axis = axis(part, choice, metric);
        return SweepChart.draw(
                axis.title() + ", by " + varied + "; the table gives figures", varied, places, axis, series);
    }

    private static String dots(ExperimentResult.PartResult part, FigureChoice choice, Metric metric) {
        List<DotChart.Dot> dots = new ArrayList<>();
        for (ExperimentResult.Row row : part.rows()) {
            Estimate shown = shown(row, choice, metric);
            if (shown != null) {
                dots.add(new DotChart.Dot(row.policy(), shown.mean(), low(shown), high(shown)));
            }
        }
        ValueAxis axis = axis(part, choice, metric);
        return DotChart.draw(axis.title() + ", by policy; the table gives figures", axis, dots);
    }

    private static ValueAxis axis(ExperimentResult.PartResult part, FigureChoice choice, Metric metric) {
        return choice.ratio()
                ? new ValueAxis(metric.heading() + " over that of " + part.baseline(), choice.log(), true)
                : new ValueAxis(metric.axis(), choice.log(), false);
    }

    private static @Nullable Estimate shown(ExperimentResult.Row row, FigureChoice choice, Metric metric) {
        ExperimentResult.Figure figure = row.figures().get(metric.name());
        return figure == null ? null : choice.ratio() ? figure.ratio() : figure.value();
    }

    private static double low(Estimate estimate) {
        Double low = estimate.low();
        return low == null ? estimate.mean() : low;
    }

    private static double high(Estimate estimate) {
        Double high = estimate.high();
        return high == null ? estimate.mean() : high;
    }
}
