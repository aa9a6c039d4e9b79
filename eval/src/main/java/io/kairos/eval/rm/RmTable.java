/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.eval.report.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The benchmark of whole schedulers as plain text, one scheduler a line, at most 80 columns wide. */
public final class RmTable {
    private static final String NONE = "-";

    private RmTable() {}

    /** The table, one string a line. */
    public static List<String> lines(RmResult result) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Lines.title(
                result.bench(),
                result.machine(),
                ", medians of " + result.rounds() + " rounds in " + result.processes() + " processes"));
        lines.add(heads("", "", "containers", "decision", "lock", "idle", "allocate", "a node"));
        lines.add(heads("nodes", "scheduler", "a second", "p50 / p99 us", "max ms", "beat us", "us", "churned"));
        int previous = 0;
        for (RmRow row : result.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%5s  %-14s %,10.0f %14s %7s %7.2f %8.2f %7s",
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

    private static String heads(Object... texts) {
        return String.format("%5s  %-14s %10s %14s %7s %7s %8s %7s", texts);
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
