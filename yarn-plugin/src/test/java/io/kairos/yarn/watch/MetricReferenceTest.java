/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.nm.NodeMetrics;
import io.kairos.yarn.rm.CentralMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MetricReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "metrics.md");

    private static final String INTRODUCTION =
            """
            # Every metric

            Kairos' metrics are sources of Hadoop's own metrics system. They are in JMX and at `/jmx` of each daemon's web address,
            at `/prom` for Prometheus where `hadoop.prometheus.endpoint.enabled` is true (core-site.xml), and in every sink that
            hadoop-metrics2.properties names. Prometheus writes `PausedTasks` of the record `KairosNodeMetrics` as
            `kairos_node_metrics_paused_tasks`.

            Tables are in the JMX beans `Hadoop:service=ResourceManager,name=Kairos` (nodes, newest placements) and
            `Hadoop:service=NodeManager,name=Kairos` (tasks, newest decisions); they are what `./kairos status`, `top` and `why`
            read. `/jmx?get=BEAN::Placement/CONTAINER` and `/jmx?get=BEAN::Decisions/CONTAINER` answer for one container; an
            application will do for the first. Kept are the newest 10,000 placements, and of each task the first and the newest 50
            decisions, until 500 other tasks have ended after it.
            """;

    @Test
    void namesAreUniqueAndDescriptionsOneLine() {
        for (List<Metric<?>> metrics : List.of(CentralMetrics.all(), NodeMetrics.all())) {
            assertThat(metrics.stream().map(Metric::name)).doesNotHaveDuplicates();
            assertThat(metrics).allMatch(metric -> metric.description().lines().count() == 1);
        }
    }

    /** After a change of a metric run this test with -Dkairos.write-docs=true, which writes the file anew. */
    @Test
    void theReferenceIsWhatTheCodeSays() throws IOException {
        String expected = INTRODUCTION
                + section("ResourceManager", CentralMetrics.RECORD, CentralMetrics.all())
                + section("NodeManager", NodeMetrics.RECORD, NodeMetrics.all());
        if (Boolean.getBoolean("kairos.write-docs")) {
            Files.writeString(REFERENCE, expected);
        }
        assertThat(Files.readString(REFERENCE)).isEqualTo(expected);
    }

    private static String section(String daemon, String record, List<Metric<?>> metrics) {
        StringBuilder text = new StringBuilder("\n## " + daemon + ", record `" + record + "`\n\n"
                + "| metric | kind | what it says |\n|---|---|---|\n");
        for (Metric<?> metric : metrics) {
            String kind = metric.kind() == Metric.Kind.MEASURE
                    ? "gauge"
                    : metric.kind().name().toLowerCase(Locale.ROOT);
            text.append("| `" + metric.name() + "` | " + kind + " | " + metric.description() + " |\n");
        }
        return text.toString();
    }
}
