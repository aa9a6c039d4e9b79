/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.report.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How figures of experiments are written. */
final class FigureText {
    static final String UNKNOWN = "-";

    private FigureText() {}

    /** Three significant digits in at most five characters: 0.017, 0.17, 26.6, 1278, 13.2k, 829k, 1.05M. */
    static String compact(double value) {
        if (value == 0) {
            return "0";
        }
        if (value < 0.0995) {
            return format("%.3f", value);
        }
        if (value < 9_999.5) {
            return format(value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
        }
        if (value < 999_500) {
            return format(value < 99_950 ? "%.1fk" : "%.0fk", value / 1e3);
        }
        if (value < 999.5e6) {
            return format(value < 9.995e6 ? "%.2fM" : value < 99.95e6 ? "%.1fM" : "%.0fM", value / 1e6);
        }
        return format("%.0e", value);
    }

    /** The same without units of thousands. */
    static String full(double value) {
        return value < 9_999.5 ? compact(value) : format("%,.0f", value);
    }

    /** "[0.15, 0.19]"; why there is none where there is none. */
    static String interval(Estimate estimate, int seeds) {
        Double low = estimate.low();
        Double high = estimate.high();
        return low == null || high == null ? reason(estimate, seeds) : "[" + compact(low) + ", " + compact(high) + "]";
    }

    /** The same in at most eleven characters: "0.15-0.19". */
    static String shortInterval(Estimate estimate, int seeds) {
        Double low = estimate.low();
        Double high = estimate.high();
        return low == null || high == null ? reason(estimate, seeds) : compact(low) + "-" + compact(high);
    }

    /** That nothing varied is worth a word; a figure that is 0 speaks for itself, and so do few seeds. */
    private static String reason(Estimate estimate, int seeds) {
        return seeds < Bootstrap.FEWEST_SEEDS || estimate.mean() == 0 ? "" : "no spread";
    }

    /** "5 seeds, 1 to 5". */
    static String seeds(ExperimentResult result) {
        return result.seeds() == 1
                ? "seed " + result.seed()
                : format("%d seeds, %d to %d", result.seeds(), result.seed(), result.seed() + result.seeds() - 1);
    }

    /** What the figures and intervals are, in a sentence or two. */
    static String statistics(ExperimentResult result, ExperimentResult.PartResult part) {
        List<String> sentences = new ArrayList<>();
        String intervals = result.seeds() < Bootstrap.FEWEST_SEEDS
                ? ", too few for intervals"
                : format(" and %.0f %% bootstrap intervals", 100 * Bootstrap.CONFIDENCE);
        sentences.add((result.seeds() == 1 ? "One run (" : "Means (") + seeds(result) + ")" + intervals + ".");
        if (part.baseline() != null) {
            sentences.add("Ratios (x) and their intervals are to " + part.baseline() + " with the same seeds.");
        }
        if (!part.generated()) {
            sentences.add(
                    "The trace is fixed: seeds vary only what a policy does at random, so intervals say nothing of"
                            + " other jobs, and \"no spread\" stands where nothing varied.");
        }
        return String.join(" ", sentences);
    }

    /** The workload and the cluster. */
    static String facts(ExperimentResult.PartResult part) {
        StringBuilder facts = new StringBuilder(format(
                "%s: %,d jobs, %,d tasks%s; nodes %s, slots %s",
                part.workload(),
                part.jobs(),
                part.tasks(),
                part.generated() ? " with the first seed" : "",
                part.cluster().get("nodes"),
                part.cluster().get("slots")));
        for (String name : part.chosen()) {
            if (!name.equals("nodes") && !name.equals("slots")) {
                facts.append(", ")
                        .append(name)
                        .append(' ')
                        .append(setting(part.cluster().get(name)));
            }
        }
        return part.sweep() == null
                ? facts.toString()
                : facts.append("; varied: ").append(part.sweep()).toString();
    }

    private static String setting(@Nullable Object value) {
        return value instanceof Double number ? Lines.number(number) : String.valueOf(value);
    }

    /** "kairos, short p99 over eagle (best: nodes 3500)". */
    static String compared(ExperimentResult.PartResult part, ExperimentResult.PublishedResult claim) {
        String where = claim.at() == null
                ? ""
                : " (" + (claim.best() ? "best: " : "") + Objects.requireNonNullElse(part.sweep(), "") + " "
                        + claim.at() + ")";
        String against = claim.against() == null ? "" : " over " + claim.against();
        return claim.policy() + ", " + claim.metric().heading() + against + where;
    }

    static String verdict(ExperimentResult.PublishedResult claim) {
        return !claim.reached()
                ? "not reached"
                : claim.measured().mean() <= claim.published() ? "reached" : "reached within the interval";
    }

    static String format(String pattern, @Nullable Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
