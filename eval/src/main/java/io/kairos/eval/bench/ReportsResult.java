/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import java.util.List;

/**
 * What the benchmark of placement under load reports found.
 *
 * @param rounds measured rounds of each subject
 */
public record ReportsResult(String bench, String machine, int rounds, List<Row> rows) {
    public ReportsResult {
        rows = List.copyOf(rows);
    }

    /**
     * One subject on so many nodes; medians of the rounds.
     *
     * @param subject none: no reports. dropped: they arrive, are answered and change nothing. taken: they count
     * @param reportsPerSecond reports that were answered a second
     */
    public record Row(
            String subject,
            int nodes,
            double reportsPerSecond,
            double containersPerSecond,
            BenchRow.Micros decisionMicros) {}
}
