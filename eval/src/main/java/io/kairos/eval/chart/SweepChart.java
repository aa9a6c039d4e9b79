/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** How a figure changes with what is varied: a line for each policy, with the interval of each of its points. */
public final class SweepChart {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 320;
    /** Between lines at one place, so that their intervals do not hide each other. */
    private static final double ASIDE = 5;

    private SweepChart() {}

    /**
     * A point of a line.
     *
     * @param place of the value on the horizontal axis, from 0
     * @param low end of its interval; that of the mean if it has none
     */
    public record Point(int place, double mean, double low, double high) {}

    /**
     * A line.
     *
     * @param colour its CSS class is s and this number
     */
    public record Series(String name, int colour, List<Point> points) {}

    /**
     * Draws the lines. What is varied stands in equal steps, whatever the distance of its values.
     *
     * @param label what the image shows, in a sentence
     * @param varied title of the horizontal axis
     * @param places the values there, as they are written
     */
    public static String draw(String label, String varied, List<String> places, ValueAxis axis, List<Series> series) {
        Svg svg = new Svg(WIDTH, HEIGHT, label);
        Scale x = Scale.linear(-0.5, places.size() - 0.5, 58, WIDTH - Plot.RIGHT);
        double[] values = series.stream()
                .flatMap(line -> line.points().stream())
                .flatMapToDouble(point -> DoubleStream.of(point.low(), point.mean(), point.high()))
                .toArray();
        Scale y = axis.scale(values, HEIGHT - 46, 14);
        Plot.drawVertical(svg, x, y, axis.title(), 8);
        Plot.drawPlaces(svg, x, y, varied, places);
        if (axis.one()) {
            svg.line("mark", x.from(), y.at(1), x.to(), y.at(1));
        }
        for (int i = 0; i < series.size(); i++) {
            drawLine(svg, x, y, series.get(i), ASIDE * (i - (series.size() - 1) / 2.0), places);
        }
        return svg.end();
    }

    private static void drawLine(Svg svg, Scale x, Scale y, Series series, double aside, List<String> places) {
        String style = "s" + series.colour();
        StringBuilder path = new StringBuilder();
        for (Point point : series.points()) {
            path.append(Svg.point(path.length() == 0 ? "M" : "L", x.at(point.place()) + aside, y.at(point.mean())));
        }
        if (path.length() > 0) {
            svg.path("line " + style, path);
        }
        for (Point point : series.points()) {
            double across = x.at(point.place()) + aside;
            svg.line("whisker " + style, across, y.at(point.low()), across, y.at(point.high()));
            svg.dot(
                    "dot " + style,
                    across,
                    y.at(point.mean()),
                    String.format(
                            Locale.ROOT,
                            "%s at %s: %.4g (%.4g to %.4g)",
                            series.name(),
                            places.get(point.place()),
                            point.mean(),
                            point.low(),
                            point.high()));
        }
    }
}
