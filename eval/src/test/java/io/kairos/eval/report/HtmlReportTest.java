/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.EventSource;
import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.SampleComparison;
import io.kairos.eval.metrics.WorkloadSummary;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static Document parse(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    @Test
    void isWellFormedAndNeedsNoNetwork() throws Exception {
        String page = HtmlReport.render(SampleComparison.of("fifo", "kairos"));
        parse(page);
        assertThat(page)
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("//")
                .doesNotContain("<script")
                .doesNotContain("<link")
                .doesNotContain("@import")
                .doesNotContain("url(")
                .doesNotContain("NaN")
                .doesNotContain("null");
    }

    @Test
    void drawsTwoDistributionsAndEachNodeOnce() throws Exception {
        Document page = parse(HtmlReport.render(SampleComparison.of("fifo", "kairos")));
        NodeList images = page.getElementsByTagName("svg");
        int charts = 0;
        for (int i = 0; i < images.getLength(); i++) {
            Element image = (Element) images.item(i);
            if (image.getAttribute("class").equals("chart")) {
                charts++;
                assertThat(image.getAttribute("role")).isEqualTo("img");
                assertThat(image.getAttribute("aria-label")).isNotBlank();
            }
        }
        assertThat(charts).isEqualTo(2 + 2 * 4);
    }

    @Test
    void namesFromFilesCannotBecomeMarkup() throws Exception {
        String page = HtmlReport.render(SampleComparison.of("fi<b>fo&\"'", "kairos"));
        parse(page);
        assertThat(page).doesNotContain("<b>");
    }

    @Test
    void aRunWithoutJobsStillHasAPage() throws Exception {
        Results none = new Results(new WorkloadSummary("empty", 0, 0, null, 0), null, List.of());
        parse(HtmlReport.render(new Comparison(none, Map.of(), EventSource.of(Map.of()))));
    }
}
