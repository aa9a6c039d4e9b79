/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of an experiment.
 *
 * @param experiment its name
 * @param seeds runs of each policy
 * @param seed of the first of them; the others follow it
 */
public record ExperimentResult(
        String experiment,
        String title,
        String question,
        @Nullable String note,
        int seeds,
        long seed,
        List<PartResult> parts) {
    public ExperimentResult {
        parts = List.copyOf(parts);
    }

    /**
     * One table. What is not explained here is as in {@link Part}.
     *
     * @param workload in words
     * @param generated whether each seed has jobs of its own
     * @param jobs in the first run
     * @param tasks in the first run
     * @param cluster every setting, by its name
     * @param chosen the names of those that are not as usual because the scenario says so
     * @param sweep what was varied; null: nothing
     */
    public record PartResult(
            @Nullable String title,
            String workload,
            boolean generated,
            int jobs,
            int tasks,
            Map<String, Object> cluster,
            List<String> chosen,
            List<String> policies,
            @Nullable String baseline,
            @Nullable String sweep,
            List<Metric> metrics,
            @Nullable FigureChoice figure,
            List<Row> rows,
            List<PublishedResult> published) {}

    /**
     * A policy at a value of the sweep.
     *
     * @param figures by the name of the metric; one that a run does not know is absent
     * @param distribution of the figure that is drawn: its percentiles 0 to 100 in equal steps, of the jobs of all seeds together
     */
    public record Row(
            String policy, @Nullable String value, Map<String, Figure> figures, @Nullable List<Double> distribution) {}

    /**
     * A figure of a policy.
     *
     * @param ratio to the baseline, seed by seed; null for the baseline itself and where there is nothing to divide by
     * @param bySeed the figure of each seed
     */
    public record Figure(Estimate value, @Nullable Estimate ratio, List<Double> bySeed) {}

    /**
     * A published value and what was measured.
     *
     * @param at the value of the sweep that was compared
     * @param best whether that is the best of the sweep
     * @param reached as in {@link Estimate#reaches}
     */
    public record PublishedResult(
            String policy,
            Metric metric,
            @Nullable String against,
            @Nullable String at,
            boolean best,
            double published,
            String source,
            Estimate measured,
            boolean reached) {}
}
