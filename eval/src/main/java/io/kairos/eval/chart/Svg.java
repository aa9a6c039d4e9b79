/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import java.util.Locale;

/** Writes one SVG image that scales with its container, speaks to screen readers and takes its colours from the page. */
final class Svg {
    private final StringBuilder out = new StringBuilder();

    Svg(int width, int height, String label) {
        out.append(String.format(
                Locale.ROOT,
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                width,
                height,
                Markup.escape(label)));
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    void text(String style, double x, double y, String text) {
        out.append(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", style, x, y, Markup.escape(text)));
    }

    /** Text that reads upwards, centred on the point. */
    void uprightText(String style, double x, double y, String text) {
        out.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" transform=\"translate(%.1f %.1f) rotate(-90)\">%s</text>%n",
                style,
                x,
                y,
                Markup.escape(text)));
    }

    void path(String style, CharSequence commands) {
        out.append("<path class=\"")
                .append(style)
                .append("\" d=\"")
                .append(commands)
                .append("\"/>\n");
    }

    /** An invisible spot that shows a tooltip. */
    void spot(double x, double y, String tooltip) {
        out.append(String.format(
                Locale.ROOT,
                "<circle class=\"spot\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"><title>%s</title></circle>%n",
                x,
                y,
                Markup.escape(tooltip)));
    }

    /** A dot that shows a tooltip. */
    void dot(String style, double x, double y, String tooltip) {
        out.append(String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s</title></circle>%n",
                style,
                x,
                y,
                Markup.escape(tooltip)));
    }

    /** An invisible strip that shows a tooltip. */
    void strip(double x, double y, double width, double height, String tooltip) {
        out.append(String.format(
                Locale.ROOT,
                "<rect class=\"spot\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>%n",
                x,
                y,
                width,
                height,
                Markup.escape(tooltip)));
    }

    String end() {
        return out.append("</svg>\n").toString();
    }

    /** One point of a path. */
    static String point(String command, double x, double y) {
        return String.format(Locale.ROOT, "%s%.1f %.1f", command, x, y);
    }
}
