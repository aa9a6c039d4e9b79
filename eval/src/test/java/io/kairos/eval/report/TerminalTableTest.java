/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.SampleComparison;
import io.kairos.eval.metrics.WorkloadSummary;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTableTest {
    @Test
    void fitsTheTerminalWithAnyNumberOfSchedulers() {
        Results results = SampleComparison.of("fifo", "capacity", "fair", "kairos", "kairos:tie=oldest-of-all")
                .results();
        assertThat(TerminalTable.lines(results))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(TerminalTable.WIDTH));
    }

    @Test
    void showsRatiosToTheFirstScheduler() {
        List<String> lines =
                TerminalTable.lines(SampleComparison.of("fifo", "kairos").results());
        assertThat(lines).anySatisfy(line -> assertThat(line).matches("all   fifo +100( +[0-9.]+){4}"));
        assertThat(lines).anySatisfy(line -> assertThat(line).matches("long  fifo +5( +[0-9.]+){4}"));
        assertThat(lines).anySatisfy(line -> assertThat(line).matches(" +kairos +100( +[0-9.]+ x0\\.[0-9]+){4}"));
    }

    @Test
    void saysInASentenceWhatBecameOfLongJobs() {
        List<String> lines =
                TerminalTable.lines(SampleComparison.of("fifo", "kairos").results());
        assertThat(String.join(" ", lines).replaceAll(" +", " "))
                .contains("kairos: long jobs took x1.00 of their time under fifo at p99 (about the same)");
    }

    @Test
    void oneRunAloneHasNoRatiosAndNoSentence() {
        assertThat(String.join(
                        "\n", TerminalTable.lines(SampleComparison.of("fifo").results())))
                .doesNotContain(" x")
                .doesNotContain("long jobs");
    }

    @Test
    void noRunsAtAllIsNoFailure() {
        Results none = new Results(new WorkloadSummary("empty", 0, 0, null, 0), null, List.of());
        assertThat(TerminalTable.lines(none)).isNotEmpty();
    }
}
