/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.eval.report.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A benchmark as plain text: each size with its cost, and how much dearer it is than the smallest size. */
public final class BenchTable {
    private BenchTable() {}

    /** The table, one string a line, at most 80 columns wide. */
    public static List<String> lines(BenchResult result) {
        String grows = result.rows().stream().anyMatch(row -> row.nodes() != null) ? "nodes" : "tasks a node";
        Map<String, BenchRow> smallest = new HashMap<>();
        for (BenchRow row : result.rows()) {
            smallest.merge(row.subject(), row, (one, other) -> one.size() <= other.size() ? one : other);
        }
        List<String> lines = new ArrayList<>();
        lines.addAll(Lines.title(result.bench(), result.machine(), ""));
        lines.add(String.format(
                "%-10s%14s%16s%12s%12s%14s", "subject", grows, "decisions/s", "p50, us", "p99, us", "p50 grows"));
        String previous = "";
        for (BenchRow row : result.rows()) {
            // Of the medians: a busy machine moves them least.
            double growth = row.decisionMicros().p50()
                    / smallest.getOrDefault(row.subject(), row).decisionMicros().p50();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-10s%,14d%,16.0f%12.2f%12.2f%14s",
                    row.subject().equals(previous) ? "" : row.subject(),
                    row.size(),
                    row.perSecond(),
                    row.decisionMicros().p50(),
                    row.decisionMicros().p99(),
                    String.format(Locale.ROOT, "x%.1f", growth)));
            previous = row.subject();
        }
        return lines;
    }
}
