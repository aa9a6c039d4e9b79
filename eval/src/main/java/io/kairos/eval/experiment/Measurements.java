/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.RunSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The figures of one part from the outcomes of its runs. */
final class Measurements {
    /** Steps between the percentiles of a distribution that is drawn. */
    private static final int STEPS = 200;

    private final Part part;
    private final List<Variant> variants;
    private final int seeds;
    private final Map<PlannedRun, RunOutcome> outcomes;
    private final Bootstrap bootstrap;

    /** @param outcomes of every run of the part, and perhaps of others */
    Measurements(Part part, int seeds, Map<PlannedRun, RunOutcome> outcomes, Bootstrap bootstrap) {
        this.part = part;
        this.variants = part.variants();
        this.seeds = seeds;
        this.outcomes = outcomes;
        this.bootstrap = bootstrap;
    }

    ExperimentResult.PartResult result() {
        RunSummary first = outcome(variants.get(0), 0).summary();
        return new ExperimentResult.PartResult(
                part.title(),
                part.workload().describe(),
                part.workload().isGenerated(),
                first.classes().values().stream().mapToInt(jobs -> jobs.jobs()).sum(),
                first.tasks().submitted(),
                part.cluster().typed(),
                part.cluster().chosen().keySet().stream().map(Setting::userName).toList(),
                part.policies(),
                part.baseline(),
                part.sweep() == null ? null : part.sweep().name(),
                part.metrics(),
                part.figure(),
                variants.stream().map(this::row).toList(),
                part.published().stream()
                        .flatMap(claim -> compared(claim).stream())
                        .toList());
    }

    private RunOutcome outcome(Variant variant, int which) {
        return Objects.requireNonNull(outcomes.get(variant.run(which)), "a run that was planned");
    }

    private ExperimentResult.Row row(Variant variant) {
        Map<String, ExperimentResult.Figure> figures = new LinkedHashMap<>();
        for (Metric metric : part.metrics()) {
            bySeed(variant, metric).ifPresent(values -> figures.put(metric.name(), figure(variant, metric, values)));
        }
        JobFigure drawn = part.figure() == null ? null : part.figure().distribution();
        return new ExperimentResult.Row(
                variant.policy(), variant.value(), figures, drawn == null ? null : distribution(variant, drawn));
    }

    private ExperimentResult.Figure figure(Variant variant, Metric metric, double[] values) {
        String baseline = part.baseline();
        Estimate ratio = baseline == null || baseline.equals(variant.policy())
                ? null
                : ratio(variant, baseline, metric).orElse(null);
        return new ExperimentResult.Figure(
                bootstrap.mean(values), ratio, Arrays.stream(values).boxed().toList());
    }

    /** The figure of each seed; empty if one of them does not know it. */
    private Optional<double[]> bySeed(Variant variant, Metric metric) {
        double[] values = new double[seeds];
        for (int which = 0; which < seeds; which++) {
            OptionalDouble value = metric.of(outcome(variant, which).summary());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values[which] = value.getAsDouble();
        }
        return Optional.of(values);
    }

    /** The ratio to another policy at the same value of the sweep. */
    private Optional<Estimate> ratio(Variant variant, String against, Metric metric) {
        return variants.stream()
                .filter(other -> other.policy().equals(against) && Objects.equals(other.value(), variant.value()))
                .findFirst()
                .flatMap(base -> bySeed(base, metric))
                .flatMap(base -> bySeed(variant, metric).flatMap(values -> bootstrap.ratio(values, base)));
    }

    private List<Double> distribution(Variant variant, JobFigure drawn) {
        double[] sorted = IntStream.range(0, seeds)
                .boxed()
                .flatMap(which -> outcome(variant, which).jobs().stream())
                .mapToDouble(drawn::of)
                .sorted()
                .toArray();
        return IntStream.rangeClosed(0, STEPS)
                .mapToObj(step -> Distribution.percentile(sorted, 100.0 * step / STEPS))
                .toList();
    }

    /** A variant and what was measured of it. */
    private record Measured(Variant variant, Estimate estimate) {}

    private Optional<ExperimentResult.PublishedResult> compared(Published claim) {
        List<Measured> candidates = new ArrayList<>();
        for (Variant variant : variants) {
            if (variant.policy().equals(claim.policy())
                    && (claim.at() == null || claim.at().equals(variant.value()))) {
                measured(variant, claim).ifPresent(estimate -> candidates.add(new Measured(variant, estimate)));
            }
        }
        return candidates.stream()
                .min(Comparator.comparingDouble(one -> one.estimate().mean()))
                .map(best -> new ExperimentResult.PublishedResult(
                        claim.policy(),
                        claim.metric(),
                        claim.against(),
                        best.variant().value(),
                        candidates.size() > 1,
                        claim.value(),
                        claim.source(),
                        best.estimate(),
                        best.estimate().reaches(claim.value())));
    }

    private Optional<Estimate> measured(Variant variant, Published claim) {
        String against = claim.against();
        return against == null
                ? bySeed(variant, claim.metric()).map(bootstrap::mean)
                : ratio(variant, against, claim.metric());
    }
}
