/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import java.util.Locale;

/** Layers over time, stacked, each a step function with steps of one length. */
public final class StackedChart {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 150;
    private static final int MOST_STRIPS = 80;

    /**
     * One layer, bottom first.
     *
     * @param style its CSS class
     * @param values its height in each step
     */
    public record Layer(String name, String style, ImmutableDoubleArray values) {}

    private StackedChart() {}

    /**
     * Draws the layers.
     *
     * @param label what the image shows, in a sentence
     * @param spanSeconds the time all steps cover together
     * @param highest the top of the vertical axis
     * @param mark a height drawn as a dashed line
     */
    public static String draw(String label, double spanSeconds, double highest, double mark, List<Layer> layers) {
        Svg svg = new Svg(WIDTH, HEIGHT, label);
        Scale x = Scale.linear(0, spanSeconds, 46, WIDTH - 10);
        Scale y = Scale.linear(0, highest, HEIGHT - 42, 8);
        Plot.drawVertical(svg, x, y, "tasks", 4);
        Plot.drawHorizontal(svg, x, y, "time, s", 8);
        int steps = layers.get(0).values().length();
        double[] below = new double[steps];
        for (Layer layer : layers) {
            double[] above = new double[steps];
            for (int i = 0; i < steps; i++) {
                above[i] = below[i] + layer.values().get(i);
            }
            svg.path(layer.style(), outline(x, y, spanSeconds / steps, below, above));
            below = above;
        }
        svg.line("mark", x.from(), y.at(mark), x.to(), y.at(mark));
        drawStrips(svg, x, y, spanSeconds, layers);
        return svg.end();
    }

    private static StringBuilder outline(Scale x, Scale y, double step, double[] below, double[] above) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < above.length; i++) {
            path.append(Svg.point(i == 0 ? "M" : "L", x.at(i * step), y.at(above[i])));
            path.append(Svg.point("L", x.at((i + 1) * step), y.at(above[i])));
        }
        for (int i = below.length - 1; i >= 0; i--) {
            path.append(Svg.point("L", x.at((i + 1) * step), y.at(below[i])));
            path.append(Svg.point("L", x.at(i * step), y.at(below[i])));
        }
        return path.append("Z");
    }

    private static void drawStrips(Svg svg, Scale x, Scale y, double span, List<Layer> layers) {
        int steps = layers.get(0).values().length();
        int perStrip = Math.max(1, (int) Math.ceil((double) steps / MOST_STRIPS));
        for (int first = 0; first < steps; first += perStrip) {
            int end = Math.min(first + perStrip, steps);
            double begin = span * first / steps;
            double finish = span * end / steps;
            StringBuilder tooltip = new StringBuilder(String.format(Locale.ROOT, "%.1f to %.1f s:", begin, finish));
            for (Layer layer : layers) {
                double sum = 0;
                for (int i = first; i < end; i++) {
                    sum += layer.values().get(i);
                }
                tooltip.append(String.format(Locale.ROOT, " %s %.1f", layer.name(), sum / (end - first)));
            }
            svg.strip(x.at(begin), y.to(), x.at(finish) - x.at(begin), y.from() - y.to(), tooltip.toString());
        }
    }
}
