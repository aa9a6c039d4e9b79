/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.eval.bench.BenchRow.Micros;
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
        lines.add(heads("", "", "containers", "decision", "lock, ms", "idle", "allocate", "a node"));
        lines.add(heads("nodes", "scheduler", "a second", "p50/p99 us", "max/cpu", "beat us", "us", "churned"));
        int previous = 0;
        for (RmRow row : result.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%5s  %-14s %,10.0f %11s %10s %7.2f %8.2f %7s",
                    row.nodes() == previous ? "" : Integer.toString(row.nodes()),
                    row.scheduler(),
                    row.containersPerSecond(),
                    decision(row),
                    lock(row),
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
        return String.format("%5s  %-14s %10s %11s %10s %7s %8s %7s", texts);
    }

    private static String lock(RmRow row) {
        Double held = row.longestLockMillis();
        Double worked = row.mostLockWorkMillis();
        return held == null || worked == null ? NONE : brief(held) + "/" + brief(worked);
    }

    private static String decision(RmRow row) {
        Micros micros = row.decisionMicros();
        return micros == null ? NONE : brief(micros.p50()) + String.format(Locale.ROOT, "/%.0f", micros.p99());
    }

    private static String brief(double figure) {
        return String.format(Locale.ROOT, figure < 100 ? "%.1f" : "%.0f", figure);
    }
}
