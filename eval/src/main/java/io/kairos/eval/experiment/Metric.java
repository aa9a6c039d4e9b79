/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import io.kairos.eval.metrics.ClassSummary;
import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.RunSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a run by its place in results.json, as {@code classes.short.completionTime.p99}. Wall times are none: they differ from run
 * to run.
 */
record Metric(String name) {
    /**
     * Figures of jobs that stand together in results.json.
     *
     * @param jobs their heading
     * @param sentence what they are
     */
    private record Group(
            String jobs, String sentence, String unit, Function<RunSummary, @Nullable Distribution> figures) {}

    private static final Map<String, Group> GROUPS = groups();
    private static final Map<String, Function<Distribution, @Nullable Double>> FIGURES = figures();
    private static final Map<String, Function<RunSummary, @Nullable Number>> COUNTS = counts();

    // Below the tables that they are looked up in.
    static final Metric LONG_P99 = new Metric("classes.long.completionTime.p99");
    static final Metric LONG_CVAR95 = new Metric("classes.long.completionTime.cvar95");

    /** @throws IllegalArgumentException if there is no such figure; its one line says which there are */
    Metric {
        if (!COUNTS.containsKey(name) && (!GROUPS.containsKey(group(name)) || !FIGURES.containsKey(figure(name)))) {
            throw new IllegalArgumentException("unknown metric '" + name + "', expected one of "
                    + String.join(", ", COUNTS.keySet()) + ", or one of " + String.join(", ", GROUPS.keySet())
                    + " with one of ." + String.join(", .", FIGURES.keySet()));
        }
    }

    /** Its place in results.json. */
    @JsonValue
    public String name() {
        return name;
    }

    /** The value in a run; empty if the run does not know it. */
    OptionalDouble of(RunSummary run) {
        Number value = value(run);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
    }

    private @Nullable Number value(RunSummary run) {
        Function<RunSummary, @Nullable Number> count = COUNTS.get(name);
        if (count != null) {
            return count.apply(run);
        }
        Group group = GROUPS.get(group(name));
        Function<Distribution, @Nullable Double> figure = FIGURES.get(figure(name));
        Distribution figures = group == null ? null : group.figures().apply(run);
        return figures == null || figure == null ? null : figure.apply(figures);
    }

    /** At most 18 characters. */
    String heading() {
        Group group = GROUPS.get(group(name));
        return group == null
                ? name.equals("pausedSeconds") ? "paused s" : name.equals("shortTasksBehindLong") ? "behind long" : name
                : (group.jobs() + " " + figureName()).strip();
    }

    /** What it is, with its unit, for the axis of a chart. */
    String axis() {
        Group group = GROUPS.get(group(name));
        return group == null ? heading() : figureName() + " of " + group.sentence() + group.unit();
    }

    private String figureName() {
        return figure(name).equals("cvar95") ? "CVaR95" : figure(name);
    }

    private static String group(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }

    private static String figure(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Map<String, Group> groups() {
        Map<String, Group> groups = new LinkedHashMap<>();
        groups.put("completionTime", new Group("", "completion time", ", s", RunSummary::completionTime));
        groups.put("slowdown", new Group("slowdown", "slowdown", "", RunSummary::slowdown));
        for (String label : new String[] {"short", "long"}) {
            groups.put(
                    "classes." + label + ".completionTime",
                    new Group(
                            label,
                            "completion time, " + label + " jobs",
                            ", s",
                            ofClass(label, ClassSummary::completionTime)));
            groups.put(
                    "classes." + label + ".slowdown",
                    new Group(
                            label + " slowd.",
                            "slowdown, " + label + " jobs",
                            "",
                            ofClass(label, ClassSummary::slowdown)));
        }
        return groups;
    }

    private static Function<RunSummary, @Nullable Distribution> ofClass(
            String label, Function<ClassSummary, Distribution> figures) {
        return run -> {
            ClassSummary jobs = run.classes().get(label);
            return jobs == null ? null : figures.apply(jobs);
        };
    }

    private static Map<String, Function<Distribution, @Nullable Double>> figures() {
        Map<String, Function<Distribution, @Nullable Double>> figures = new LinkedHashMap<>();
        figures.put("p50", Distribution::p50);
        figures.put("p90", Distribution::p90);
        figures.put("p99", Distribution::p99);
        figures.put("mean", Distribution::mean);
        figures.put("max", Distribution::max);
        figures.put("cvar95", Distribution::cvar95);
        return figures;
    }

    private static Map<String, Function<RunSummary, @Nullable Number>> counts() {
        Map<String, Function<RunSummary, @Nullable Number>> counts = new LinkedHashMap<>();
        counts.put("utilisation", RunSummary::utilisation);
        counts.put("placements", RunSummary::placements);
        counts.put("preemptions", RunSummary::preemptions);
        counts.put("pausedSeconds", RunSummary::pausedSeconds);
        counts.put("shortTasksBehindLong", RunSummary::shortTasksBehindLong);
        counts.put("wastedServiceSeconds", RunSummary::wastedServiceSeconds);
        counts.put("events", RunSummary::events);
        return counts;
    }
}
