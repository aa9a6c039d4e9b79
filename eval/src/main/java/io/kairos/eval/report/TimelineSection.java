/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.chart.Markup;
import io.kairos.eval.chart.StackedChart;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.RunSummary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page's part on the nodes: one small chart a node and scheduler, all on the same axes. */
final class TimelineSection {
    private static final int STEPS = 280;
    private static final int MOST_NODES = 16;

    private TimelineSection() {}

    static String render(Comparison comparison) {
        double span = comparison.eventsByScheduler().values().stream()
                .flatMap(List::stream)
                .mapToDouble(event -> event.timeSeconds())
                .max()
                .orElse(0);
        if (!(span > 0)) {
            return "<p>No events were recorded, so there is no timeline.</p>\n";
        }
        Map<String, Timeline> timelines = new LinkedHashMap<>();
        for (RunSummary run : comparison.results().runs()) {
            timelines.put(run.scheduler(), Timeline.of(comparison.events(run.scheduler()), span, STEPS));
        }
        double highest = highest(timelines);
        StringBuilder html = new StringBuilder(legend());
        html.append("<div class=\"columns\">\n");
        for (RunSummary run : comparison.results().runs()) {
            Timeline timeline = timelines.get(run.scheduler());
            if (timeline != null) {
                html.append(column(run, timeline, span, highest));
            }
        }
        return html.append("</div>\n").toString();
    }

    private static String legend() {
        return "<p class=\"legend\"><span class=\"key running\"></span>running "
                + "<span class=\"key paused\"></span>paused <span class=\"key held\"></span>held "
                + "<span class=\"key slots\"></span>slots of the node</p>\n";
    }

    private static double highest(Map<String, Timeline> timelines) {
        double highest = 1;
        for (Timeline timeline : timelines.values()) {
            for (double[][] layers : timeline.meansByNode().values()) {
                for (int i = 0; i < STEPS; i++) {
                    highest = Math.max(highest, layers[0][i] + layers[1][i] + layers[2][i]);
                }
            }
        }
        return Math.ceil(highest - 1e-6);
    }

    private static String column(RunSummary run, Timeline timeline, double span, double highest) {
        StringBuilder html =
                new StringBuilder("<section class=\"column\"><h3>" + Markup.escape(run.scheduler()) + "</h3>\n");
        int shown = 0;
        for (Map.Entry<String, double[][]> node : timeline.meansByNode().entrySet()) {
            if (shown++ == MOST_NODES) {
                html.append("<p>Shown: the first " + MOST_NODES + " of "
                        + timeline.meansByNode().size() + " nodes.</p>\n");
                break;
            }
            html.append(chart(run, node.getKey(), node.getValue(), span, highest));
        }
        return html.append("</section>\n").toString();
    }

    private static String chart(RunSummary run, String node, double[][] layers, double span, double highest) {
        String label = String.format(
                Locale.ROOT,
                "%s, node %s: on average %.1f tasks running, %.1f paused, %.1f held over %.0f s",
                run.scheduler(),
                node,
                mean(layers[0]),
                mean(layers[1]),
                mean(layers[2]),
                span);
        String image = StackedChart.draw(
                label,
                span,
                Math.max(highest, run.slotsPerNode()),
                run.slotsPerNode(),
                List.of(
                        new StackedChart.Layer("running", "area running", layers[0]),
                        new StackedChart.Layer("paused", "area paused", layers[1]),
                        new StackedChart.Layer("held", "area held", layers[2])));
        return "<figure><figcaption>" + Markup.escape(node) + "</figcaption>\n" + image + "</figure>\n";
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
