/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.metrics.ClassSummary;
import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.RunSummary;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures both the terminal table and the page show, and how they are written. */
final class Figures {
    /** What stands where a figure is not known. */
    static final String UNKNOWN = "-";

    /** A figure of a distribution with its heading. */
    record Column(String heading, ToDoubleFunction<Distribution> figure) {}

    static final List<Column> COLUMNS = List.of(
            new Column("p50", Distribution::p50),
            new Column("p90", Distribution::p90),
            new Column("p99", Distribution::p99),
            new Column("mean", Distribution::mean));

    /** The groups of jobs a table has rows for. */
    static final List<String> GROUPS = List.of("all", "short", "long");

    private Figures() {}

    static @Nullable Distribution completionTime(RunSummary run, String group) {
        ClassSummary jobs = run.classes().get(group);
        return group.equals("all") ? run.completionTime() : jobs == null ? null : jobs.completionTime();
    }

    static @Nullable Distribution slowdown(RunSummary run, String group) {
        ClassSummary jobs = run.classes().get(group);
        return group.equals("all") ? run.slowdown() : jobs == null ? null : jobs.slowdown();
    }

    /** Jobs of the group that completed. */
    static int jobs(RunSummary run, String group) {
        return run.classes().entrySet().stream()
                .filter(jobs -> group.equals("all") || group.equals(jobs.getKey()))
                .mapToInt(jobs -> jobs.getValue().jobs())
                .sum();
    }

    /** Three significant digits or more, at most two decimals. */
    static String number(double value) {
        double size = Math.abs(value);
        return format(size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%.0f", value);
    }

    static String number(@Nullable Number value) {
        return value == null ? UNKNOWN : value instanceof Double real ? number(real.doubleValue()) : value.toString();
    }

    /** "x0.27": a figure over the same figure of the run compared with; empty where there is nothing to divide by. */
    static String ratio(double value, double base) {
        return base > 0 ? "x" + number(value / base) : "";
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
