/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.report.Lines;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The table and the page of an experiment. */
class ExperimentTextTest {
    private static Document parse(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    private static String page(ExperimentResult... results) {
        return ExperimentPage.render(ExperimentResults.of("0123abc", List.of(results), null, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            0         | 0
            0.0123    | 0.012
            0.154     | 0.15
            26.64     | 26.6
            789.6     | 790
            9999.4    | 9999
            13204     | 13.2k
            829000    | 829k
            1049000   | 1.05M
            31500000  | 31.5M
            999499999 | 999M
            """)
    void figuresHaveAtMostFiveCharacters(double value, String expected) {
        assertThat(FigureText.compact(value)).isEqualTo(expected).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void theTableFitsTheTerminalWhateverThePoliciesAreCalled() throws Exception {
        for (String sweep : List.of(
                "",
                ", \"sweep\": {\"setting\": \"preemption-cost\", \"values\": [0, \"0.000001\", \"0.0000000000000001\"]}")) {
            ExperimentResult result = SmallScenarios.run(
                    """
                    {"name": "wide", "title": "%s", "question": "q", "workload": {"generator": "yahoo", "jobs": 40},
                     "policies": ["fifo", "kairos:tie=round-robin:guard=off"], "baseline": "fifo",
                     "metrics": ["shortTasksBehindLong", "classes.short.slowdown.p99", "events", "placements"]%s}
                    """
                            .formatted("long ".repeat(40), sweep),
                    2);
            assertThat(ExperimentTable.lines(result))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Lines.WIDTH));
        }
    }

    @Test
    void theTableShowsTheBaselineItsRatiosTheCostToLongJobsAndWhatWasPublished() throws Exception {
        String table = String.join("\n", ExperimentTable.lines(SmallScenarios.run(SmallScenarios.SWEEP, 2)));
        assertThat(table)
                .containsPattern("nodes +policy +short p99 +preemptions +long p99\n")
                .containsPattern("\n6 +eagle +[0-9.]+k? [0-9.]+k?-[0-9.]+k? ")
                .containsPattern("\n +kairos +x0\\.[0-9]+ 0\\.[0-9]+-0\\.[0-9]+ ")
                .containsPattern("nodes +policy +long CVaR95\n")
                .contains("Means (5 seeds, 1 to 5) and 95 % bootstrap intervals. Ratios (x) and their");
        assertThat(table.replaceAll("\\s+", " "))
                .containsPattern("kairos, short p99 over eagle \\(best: nodes [68]\\): published 0.50 \\(somewhere\\),"
                        + " measured 0\\.[0-9]+ \\[0\\.[0-9]+, 0\\.[0-9]+\\]: reached")
                .containsPattern("kairos, slowdown max \\(nodes 8\\): published 0.50 \\(nowhere\\), .*: not reached");
    }

    @Test
    void thePageIsWellFormedAndNeedsNoNetwork() throws Exception {
        String page = page(SmallScenarios.run(SmallScenarios.SWEEP, 2));
        Document document = parse(page);
        assertThat(document.getElementsByTagName("table").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("h2").getLength()).isZero();
        assertThat(page)
                .contains("commit 0123abc")
                .contains("class=\"whisker s1\"")
                .doesNotContain("//")
                .doesNotContain("<script")
                .doesNotContain("NaN")
                .doesNotContain("null");
    }

    @Test
    void severalExperimentsHaveATableOfContentsAndFailuresAreTold() throws Exception {
        ExperimentResult result = SmallScenarios.run(SmallScenarios.SWEEP, 2);
        Map<String, String> failures = new TreeMap<>(Map.of("other", "a <b> c"));
        String page = ExperimentPage.render(ExperimentResults.of(null, List.of(result), null, failures));
        parse(page);
        assertThat(page)
                .contains("<a href=\"#small\">A small sweep</a>")
                .contains("<section id=\"small\">")
                .contains("<h2>A small sweep</h2>")
                .contains("other gave no result: a &lt;b&gt; c");
    }

    @Test
    void theoryHasATableForEachFigureOnThePageOfTheOthers() throws Exception {
        ExperimentResult result = SmallScenarios.run(SmallScenarios.SWEEP, 2);
        TheoryExperiment.Result theory = new TheoryExperiment.Result(
                "theory",
                5,
                2_000,
                List.of(
                        new TheoryExperiment.Row("mean <a>", "ps", 0.5, 2, 2.02, 0.1, 0.01, 2.1, 10_000, true),
                        new TheoryExperiment.Row("mean <a>", "las", 0.7, 4, 4.2, 0.3, 0.05, 4.3, 10_000, true),
                        new TheoryExperiment.Row("a wait", "one", 0.9, 0.5, 0.55, 0.01, 0.1, 0.55, 10_000, false)));
        String page = ExperimentPage.render(ExperimentResults.of(null, List.of(result), theory, Map.of()));
        Document document = parse(page);
        assertThat(document.getElementsByTagName("table").getLength()).isEqualTo(2 + 2);
        assertThat(page)
                .contains("<a href=\"#theory\">")
                .contains("<section id=\"theory\">")
                .contains("5 seeds of 2,000 jobs, of four times as many")
                .contains("<caption>mean &lt;a&gt;</caption>")
                .contains("<th scope=\"row\">las</th><td class=\"number\">0.7</td><td class=\"number\">4.000</td>"
                        + "<td class=\"number\">4.200</td><td class=\"number\">0.3000</td>"
                        + "<td class=\"number\">5.00 %</td><td class=\"number\">4.300</td>")
                .contains("1 of 2 means within 2 % of the formula");
    }

    @Test
    void labelsCannotBecomeMarkup() throws Exception {
        String page = page(SmallScenarios.run(
                """
                {"name": "a", "title": "t<b>&", "question": "q<b>", "note": "n<b>",
                 "workload": {"generator": "paper", "jobs": 5, "label": "w<b>"}, "policies": ["fifo", "kairos"],
                 "metrics": ["slowdown.max"],
                 "published": [{"policy": "fifo", "metric": "slowdown.max", "value": 1, "source": "s<b>"}],
                 "parts": [
                   {"title": "one<b>", "figure": {"distribution": "slowdown"}},
                   {"title": "two<b>", "figure": {"metrics": ["slowdown.max"]}}
                 ]}
                """,
                2));
        parse(page);
        assertThat(page).doesNotContain("<b>").contains("w&lt;b&gt;").contains("s&lt;b&gt;");
    }

    @Test
    void aSingleRunHasNoIntervals() throws Exception {
        Scenario scenario = Scenarios.parse(SmallScenarios.SWEEP, "test");
        ExperimentResult result = new ExperimentRunner(2, line -> {}).run(scenario, 1, 7);
        assertThat(String.join("\n", ExperimentTable.lines(result)))
                .contains("One run (seed 7), too few for intervals.")
                .doesNotContain("no spread");
        parse(page(result));
    }
}
