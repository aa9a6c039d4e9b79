/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Cumulative distributions as step lines over a logarithmic axis: how large a share of the values is at most x. */
public final class CumulativeChart {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 360;
    /** Above this many values a tooltip for each would only make the page heavy. */
    private static final int MOST_SPOTS = 200;

    /** One line. */
    public record Series(String name, List<Double> values) {}

    private CumulativeChart() {}

    /**
     * Draws the lines; their classes are s0, s1 and so on, in order.
     *
     * @param label what the image shows, in a sentence
     * @param title of the horizontal axis, with its unit
     * @param unit written behind a value in tooltips
     */
    public static String draw(String label, String title, String unit, List<Series> series) {
        Svg svg = new Svg(WIDTH, HEIGHT, label);
        double[] all = series.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(Double::doubleValue)
                .filter(value -> value > 0)
                .toArray();
        double low = Arrays.stream(all).min().orElse(1);
        double high = Arrays.stream(all).max().orElse(10);
        Scale x = Scale.logarithmic(low, high, 58, WIDTH - Plot.RIGHT);
        Scale y = Scale.linear(0, 100, HEIGHT - 46, 14);
        Plot.drawVertical(svg, x, y, "share of jobs, %", 5);
        Plot.drawHorizontal(svg, x, y, title, 10);
        for (int i = 0; i < series.size(); i++) {
            drawLine(svg, x, y, series.get(i), "line s" + i % 6);
        }
        for (Series line : series) {
            drawSpots(svg, x, y, line, unit);
        }
        return svg.end();
    }

    private static void drawLine(Svg svg, Scale x, Scale y, Series series, String style) {
        double[] sorted = sorted(series);
        if (sorted.length == 0) {
            return;
        }
        StringBuilder path = new StringBuilder(Svg.point("M", x.at(sorted[0]), y.at(0)));
        for (int i = 0; i < sorted.length; i++) {
            path.append(Svg.point("L", x.at(sorted[i]), y.at(share(i, sorted))));
            if (i + 1 < sorted.length) {
                path.append(Svg.point("L", x.at(sorted[i + 1]), y.at(share(i, sorted))));
            }
        }
        path.append(Svg.point("L", x.to(), y.at(100)));
        svg.path(style, path);
    }

    private static void drawSpots(Svg svg, Scale x, Scale y, Series series, String unit) {
        double[] sorted = sorted(series);
        int every = 1 + sorted.length / MOST_SPOTS;
        for (int i = 0; i < sorted.length; i += every) {
            String tooltip = String.format(
                    Locale.ROOT,
                    "%s: %.0f %% of the jobs within %.2f%s",
                    series.name(),
                    share(i, sorted),
                    sorted[i],
                    unit);
            svg.spot(x.at(sorted[i]), y.at(share(i, sorted)), tooltip);
        }
    }

    private static double share(int index, double[] sorted) {
        return 100.0 * (index + 1) / sorted.length;
    }

    private static double[] sorted(Series series) {
        return series.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }
}
