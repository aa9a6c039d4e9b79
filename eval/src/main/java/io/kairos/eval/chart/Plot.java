/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import java.util.List;

/** The frame of a chart: margins, grid, ticks and titles of both axes. */
final class Plot {
    /** Room right of a plot: half the label of a tick at its end. */
    static final int RIGHT = 24;

    private Plot() {}

    /** Draws the vertical axis at the left end of x. */
    static void drawVertical(Svg svg, Scale x, Scale y, String title, int ticks) {
        for (Tick tick : y.ticks(ticks)) {
            double height = y.at(tick.value());
            svg.line("grid", x.from(), height, x.to(), height);
            svg.text("tick end", x.from() - 6, height + 4, tick.label());
        }
        svg.uprightText("axis-title", 13, (y.from() + y.to()) / 2, title);
    }

    /** Draws the horizontal axis at the lower end of y. */
    static void drawHorizontal(Svg svg, Scale x, Scale y, String title, int ticks) {
        for (Tick tick : x.ticks(ticks)) {
            double place = x.at(tick.value());
            svg.line("grid", place, y.from(), place, y.to());
            svg.text("tick middle", place, y.from() + 16, tick.label());
        }
        svg.line("axis", x.from(), y.from(), x.to(), y.from());
        svg.text("axis-title", (x.from() + x.to()) / 2, y.from() + 34, title);
    }

    /** Draws the horizontal axis with named places, at 0, 1 and so on of x. */
    static void drawPlaces(Svg svg, Scale x, Scale y, String title, List<String> places) {
        for (int i = 0; i < places.size(); i++) {
            svg.text("tick middle", x.at(i), y.from() + 16, places.get(i));
        }
        svg.line("axis", x.from(), y.from(), x.to(), y.from());
        svg.text("axis-title", (x.from() + x.to()) / 2, y.from() + 34, title);
    }
}
