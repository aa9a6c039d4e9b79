/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.simulator.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part as a scenario's file has it: what it leaves out is as the scenario itself says. */
record PartFile(
        @Nullable String title,
        @Nullable WorkloadFile workload,
        @Nullable SimulatedCluster cluster,
        @Nullable List<Policy> policies,
        @Nullable String baseline,
        @Nullable Sweep sweep,
        @Nullable List<Metric> metrics,
        @Nullable List<Published> published,
        @Nullable FigureChoice figure) {

    /** With what it leaves out; settings of the cluster one by one. */
    PartFile over(PartFile other) {
        return new PartFile(
                title != null ? title : other.title,
                workload != null ? workload : other.workload,
                cluster != null && other.cluster != null
                        ? other.cluster.with(cluster)
                        : cluster != null ? cluster : other.cluster,
                policies != null ? policies : other.policies,
                baseline != null ? baseline : other.baseline,
                sweep != null ? sweep : other.sweep,
                metrics != null ? metrics : other.metrics,
                published != null ? published : other.published,
                figure != null ? figure : other.figure);
    }

    /** @throws IllegalArgumentException if something is missing or contradicts itself; its one line begins with the key */
    Part part() {
        if (workload == null) {
            throw new IllegalArgumentException("workload: missing, expected a generator or a trace");
        }
        if (policies == null) {
            throw new IllegalArgumentException("policies: missing, expected a list of them");
        }
        SimulatedCluster on = cluster == null ? SimulatedCluster.USUAL : cluster;
        Part part = new Part(
                title,
                workload.source(on),
                on,
                policies.stream().map(Policy::label).toList(),
                baseline,
                sweep,
                metrics == null ? Part.usualMetrics() : metrics,
                published == null ? List.of() : published,
                figure);
        // Fails now rather than after minutes of other parts.
        part.variants();
        return part;
    }
}
