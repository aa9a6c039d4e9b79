/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.eval.report.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The benchmark of whole schedulers as plain text, one scheduler a line, at most 100 columns wide. */
public final class RmTable {
    private static final String NONE = "-";

    private RmTable() {}

    /** The table, one string a line. */
    public static List<String> lines(RmResult result) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Lines.title(result.bench(), result.machine(), ", medians of " + result.rounds() + " rounds"));
        lines.add(String.format(
                "%6s  %-14s %12s %16s %9s %10s %10s %11s",
                "nodes",
                "scheduler",
                "containers/s",
                "decision p50/p99",
                "lock max",
                "idle beat",
                "allocate",
                "a node"));
        lines.add(String.format(
                "%6s  %-14s %12s %16s %9s %10s %10s %11s", "", "", "", "us", "ms", "us", "us", "churned"));
        int previous = 0;
        for (RmRow row : result.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%6s  %-14s %,12.0f %16s %9s %10.2f %10.2f %11s",
                    row.nodes() == previous ? "" : Integer.toString(row.nodes()),
                    row.scheduler(),
                    row.containersPerSecond(),
                    decision(row),
                    row.longestLockMillis() == null
                            ? NONE
                            : String.format(Locale.ROOT, "%.1f", row.longestLockMillis()),
                    row.idleNodeUpdateMicros(),
                    row.allocateMicros(),
                    row.containersPerNode().fewest() + ".."
                            + row.containersPerNode().most()));
            previous = row.nodes();
        }
        for (RmRow row : result.rows()) {
            if (row.unplaced() > 0) {
                lines.add(row.scheduler() + " left " + row.unplaced() + " containers unplaced on " + row.nodes()
                        + " nodes, though there was room");
            }
        }
        return lines;
    }

    private static String decision(RmRow row) {
        return row.decisionMicros() == null
                ? NONE
                : String.format(
                        Locale.ROOT,
                        "%.1f / %.0f",
                        row.decisionMicros().p50(),
                        row.decisionMicros().p99());
    }
}
