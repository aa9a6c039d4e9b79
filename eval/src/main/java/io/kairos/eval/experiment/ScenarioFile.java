/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.simulator.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A scenario's file. What a part may have may also stand beside the parts, for those that leave it out. */
record ScenarioFile(
        @Nullable String name,
        @Nullable String title,
        @Nullable String question,
        @Nullable String note,
        @Nullable Integer seeds,
        @Nullable List<PartFile> parts,
        @Nullable WorkloadFile workload,
        @Nullable SimulatedCluster cluster,
        @Nullable List<Policy> policies,
        @Nullable String baseline,
        @Nullable Sweep sweep,
        @Nullable List<Metric> metrics,
        @Nullable List<Published> published,
        @Nullable FigureChoice figure) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final int MOST_SEEDS = 1_000;

    /** @throws IllegalArgumentException if something is missing or contradicts itself; its one line begins with the key */
    Scenario scenario() {
        int runs = seeds == null ? Bootstrap.FEWEST_SEEDS : seeds;
        if (runs < Bootstrap.FEWEST_SEEDS || runs > MOST_SEEDS) {
            throw new IllegalArgumentException("seeds: " + runs + ", expected a whole number from "
                    + Bootstrap.FEWEST_SEEDS + " to " + MOST_SEEDS);
        }
        String word = required("name", name);
        if (!NAME.matcher(word).matches()) {
            throw new IllegalArgumentException(
                    "name: '" + word + "', expected a word of small letters, digits and hyphens");
        }
        return new Scenario(word, required("title", title), required("question", question), note, runs, allParts());
    }

    private static String required(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + ": missing, expected text");
        }
        return value;
    }

    private List<Part> allParts() {
        PartFile usual = new PartFile(null, workload, cluster, policies, baseline, sweep, metrics, published, figure);
        if (parts == null) {
            return List.of(usual.part());
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("parts: expected at least one");
        }
        List<Part> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            try {
                all.add(parts.get(i).over(usual).part());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("parts[" + i + "]." + e.getMessage(), e);
            }
        }
        return all;
    }
}
