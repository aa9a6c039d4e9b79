/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A figure of several policies below each other: a dot each, with its interval. */
public final class DotChart {
    private static final int WIDTH = 600;
    private static final int ROW = 24;
    private static final int NAMES = 170;

    private DotChart() {}

    /**
     * A row.
     *
     * @param low end of its interval; that of the mean if it has none
     */
    public record Dot(String name, double mean, double low, double high) {}

    /**
     * Draws the rows, the first one on top.
     *
     * @param label what the image shows, in a sentence
     */
    public static String draw(String label, ValueAxis axis, List<Dot> dots) {
        int bottom = 12 + ROW * dots.size();
        Svg svg = new Svg(WIDTH, bottom + 46, label);
        double[] values = dots.stream()
                .flatMapToDouble(dot -> DoubleStream.of(dot.low(), dot.mean(), dot.high()))
                .toArray();
        Scale x = axis.scale(values, NAMES, WIDTH - Plot.RIGHT);
        Scale y = Scale.linear(0, 1, bottom, 12);
        Plot.drawHorizontal(svg, x, y, axis.title(), 8);
        if (axis.one()) {
            svg.line("mark", x.at(1), y.from(), x.at(1), y.to());
        }
        for (int i = 0; i < dots.size(); i++) {
            drawRow(svg, x, 12 + ROW * (i + 0.5), dots.get(i));
        }
        return svg.end();
    }

    private static void drawRow(Svg svg, Scale x, double height, Dot dot) {
        svg.text("tick end", NAMES - 10, height + 4, dot.name());
        svg.line("whisker s1", x.at(dot.low()), height, x.at(dot.high()), height);
        svg.dot(
                "dot s1",
                x.at(dot.mean()),
                height,
                String.format(Locale.ROOT, "%s: %.4g (%.4g to %.4g)", dot.name(), dot.mean(), dot.low(), dot.high()));
    }
}
