/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.eval.chart.Markup;
import io.kairos.eval.chart.StackedChart;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.RunSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The page's part on the nodes: one small chart a node and scheduler, all on the same axes, which fit what is shown. */
final class TimelineSection {
    private static final int STEPS = 280;
    private static final int MOST_NODES = 16;

    /** Where and until when things happened. */
    private static final class Extent {
        private final Map<String, SortedSet<String>> nodes = new HashMap<>();
        private double spanSeconds;

        void add(String scheduler, EventRecord event) {
            nodes.computeIfAbsent(scheduler, unused -> new TreeSet<>()).add(event.node());
            spanSeconds = Math.max(spanSeconds, event.timeSeconds());
        }

        SortedSet<String> nodes(String scheduler) {
            return nodes.getOrDefault(scheduler, Collections.emptySortedSet());
        }
    }

    private TimelineSection() {}

    static String render(Comparison comparison) throws IOException {
        // Events are gone through twice, as they may be too many to be held.
        Extent extent = new Extent();
        comparison.events().forEach(extent::add);
        double span = extent.spanSeconds;
        if (!(span > 0)) {
            return "<p>No events were recorded, so there is no timeline.</p>\n";
        }
        Map<String, Timeline> timelines = new LinkedHashMap<>();
        for (RunSummary run : comparison.results().runs()) {
            List<String> shown =
                    extent.nodes(run.scheduler()).stream().limit(MOST_NODES).toList();
            timelines.put(run.scheduler(), new Timeline(shown, span, STEPS));
        }
        comparison.events().forEach((scheduler, event) -> {
            Timeline timeline = timelines.get(scheduler);
            if (timeline != null) {
                timeline.add(event);
            }
        });
        timelines.values().forEach(Timeline::end);
        double highest = highest(timelines);
        StringBuilder html = new StringBuilder(legend());
        // A simulation has no machine.
        if (comparison.results().machine() != null) {
            html.append(
                    "<p>Under a stock scheduler the end of a task is heard of up to two heartbeats late, at the latest when its"
                            + " slot is taken again.</p>\n");
        }
        html.append("<div class=\"columns\">\n");
        for (RunSummary run : comparison.results().runs()) {
            Timeline timeline = timelines.get(run.scheduler());
            if (timeline != null) {
                int nodes = extent.nodes(run.scheduler()).size();
                html.append(column(run, timeline, nodes, span, highest));
            }
        }
        return html.append("</div>\n").toString();
    }

    private static String legend() {
        return "<p class=\"legend\"><span class=\"key running\"></span>running "
                + "<span class=\"key paused\"></span>paused <span class=\"key held\"></span>held "
                + "<span class=\"key slots\"></span>slots</p>\n";
    }

    private static double highest(Map<String, Timeline> timelines) {
        double highest = 1;
        for (Timeline timeline : timelines.values()) {
            for (Map<Timeline.State, double[]> layers : timeline.meansByNode().values()) {
                for (int i = 0; i < STEPS; i++) {
                    double sum = 0;
                    for (double[] layer : layers.values()) {
                        sum += layer[i];
                    }
                    highest = Math.max(highest, sum);
                }
            }
        }
        return Math.ceil(highest - 1e-6);
    }

    /** @param nodes how many there are, shown or not */
    private static String column(RunSummary run, Timeline timeline, int nodes, double span, double highest) {
        StringBuilder html =
                new StringBuilder("<section class=\"column\"><h3>" + Markup.escape(run.scheduler()) + "</h3>\n");
        timeline.meansByNode().forEach((node, means) -> html.append(chart(run, node, means, span, highest)));
        if (nodes > MOST_NODES) {
            html.append("<p>Shown: the first " + MOST_NODES + " of " + nodes + " nodes.</p>\n");
        }
        return html.append("</section>\n").toString();
    }

    private static String chart(
            RunSummary run, String node, Map<Timeline.State, double[]> means, double span, double highest) {
        List<StackedChart.Layer> layers = new ArrayList<>();
        StringBuilder label = new StringBuilder(run.scheduler() + ", node " + node + ", mean number of tasks:");
        means.forEach((state, values) -> {
            String name = state.name().toLowerCase(Locale.ROOT);
            layers.add(new StackedChart.Layer(name, "area " + name, ImmutableDoubleArray.copyOf(values)));
            label.append(String.format(Locale.ROOT, " %s %.1f", name, mean(values)));
        });
        int slots = run.slotsPerNode() == null ? 0 : run.slotsPerNode();
        String image = StackedChart.draw(label.toString(), span, Math.max(highest, slots), slots, layers);
        return "<figure><figcaption>" + Markup.escape(node) + "</figcaption>\n" + image + "</figure>\n";
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
