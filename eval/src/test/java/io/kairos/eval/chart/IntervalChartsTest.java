/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Charts of means with their intervals. */
class IntervalChartsTest {
    private static List<Element> elements(String chart, String tag, String style) throws Exception {
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart)))
                .getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            if (found.item(i) instanceof Element element
                    && element.getAttribute("class").startsWith(style)) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void eachPointOfALineStandsOnItsIntervalAndItsPlace() throws Exception {
        String chart = SweepChart.draw(
                "label",
                "nodes",
                List.of("10", "20", "500"),
                new ValueAxis("x", false, true),
                List.of(new SweepChart.Series(
                        "a<b>",
                        4,
                        List.of(
                                new SweepChart.Point(0, 2, 1.5, 3),
                                new SweepChart.Point(1, 1, 1, 1),
                                new SweepChart.Point(2, 0.5, 0.25, 0.75)))));
        List<Element> dots = elements(chart, "circle", "dot s4");
        List<Element> whiskers = elements(chart, "line", "whisker s4");
        assertThat(dots).hasSize(3);
        assertThat(whiskers).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(number(dots.get(i), "cy"))
                    .isBetween(number(whiskers.get(i), "y2"), number(whiskers.get(i), "y1"));
        }
        assertThat(number(dots.get(2), "cx") - number(dots.get(1), "cx"))
                .isEqualTo(number(dots.get(1), "cx") - number(dots.get(0), "cx"));
        Element one = elements(chart, "line", "mark").get(0);
        assertThat(number(dots.get(1), "cy")).isEqualTo(number(one, "y1"));
    }

    @Test
    void dotsStandBelowEachOther() throws Exception {
        String chart = DotChart.draw(
                "label",
                new ValueAxis("x", true, false),
                List.of(new DotChart.Dot("first", 10, 5, 20), new DotChart.Dot("second", 100, 100, 100)));
        List<Element> dots = elements(chart, "circle", "dot");
        assertThat(number(dots.get(0), "cy")).isLessThan(number(dots.get(1), "cy"));
        assertThat(number(dots.get(0), "cx")).isLessThan(number(dots.get(1), "cx"));
        assertThat(elements(chart, "line", "mark")).isEmpty();
    }

    @Test
    void nothingToDrawIsNoFailure() throws Exception {
        assertThat(elements(DotChart.draw("l", new ValueAxis("x", true, true), List.of()), "circle", "dot"))
                .isEmpty();
        assertThat(elements(
                        SweepChart.draw("l", "v", List.of("1"), new ValueAxis("x", false, false), List.of()),
                        "circle",
                        "dot"))
                .isEmpty();
    }
}
