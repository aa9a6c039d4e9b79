/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.simulator.Policy;
import io.kairos.workloads.format.TraceSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table of an experiment, with its figure.
 *
 * @param title null where it is the only one
 * @param policies each once
 * @param baseline the policy that ratios are to; null: no ratios
 * @param metrics the cost to long jobs is always among them
 */
record Part(
        @Nullable String title,
        WorkloadSource workload,
        SimulatedCluster cluster,
        List<String> policies,
        @Nullable String baseline,
        @Nullable Sweep sweep,
        List<Metric> metrics,
        List<Published> published,
        @Nullable FigureChoice figure) {
    /** @throws IllegalArgumentException if it contradicts itself; its one line begins with the key */
    Part {
        policies = List.copyOf(policies);
        published = List.copyOf(published);
        metrics = withCostToLongJobs(metrics);
        if (policies.isEmpty() || new HashSet<>(policies).size() < policies.size()) {
            throw new IllegalArgumentException("policies: expected at least one, and each once");
        }
        requirePolicy("baseline", baseline, policies);
        if (sweep != null && sweep.of() != null) {
            for (String name : sweep.of()) {
                requirePolicy("sweep.of", name, policies);
            }
        }
        for (int i = 0; i < published.size(); i++) {
            check("published[" + i + "]", published.get(i), policies, sweep);
        }
        if (figure != null && figure.ratio() && baseline == null) {
            throw new IllegalArgumentException("figure: ratios, expected a baseline");
        }
        if (figure != null && figure.metrics() != null && !metrics.containsAll(figure.metrics())) {
            throw new IllegalArgumentException("figure.metrics: expected only such as are among the metrics");
        }
        if (figure != null && figure.distribution() != null && sweep != null) {
            throw new IllegalArgumentException("figure: a distribution, expected no sweep");
        }
    }

    private static void check(String key, Published claim, List<String> policies, @Nullable Sweep sweep) {
        requirePolicy(key + ".policy", claim.policy(), policies);
        requirePolicy(key + ".against", claim.against(), policies);
        if (claim.at() != null && (sweep == null || !sweep.values().contains(claim.at()))) {
            throw new IllegalArgumentException(key + ".at: '" + claim.at() + "', expected a value of the sweep");
        }
    }

    private static void requirePolicy(String key, @Nullable String name, List<String> policies) {
        if (name != null && !policies.contains(name)) {
            throw new IllegalArgumentException(
                    key + ": '" + name + "', expected one of the policies " + String.join(", ", policies));
        }
    }

    private static List<Metric> withCostToLongJobs(List<Metric> chosen) {
        List<Metric> all = new ArrayList<>(chosen);
        for (Metric cost : new Metric[] {Metric.LONG_P99, Metric.LONG_CVAR95}) {
            if (!all.contains(cost)) {
                all.add(cost);
            }
        }
        return List.copyOf(all);
    }

    /** The figures of a scenario that names none. */
    static List<Metric> usualMetrics() {
        return Arrays.stream(new String[] {"p50", "p90", "p99"})
                .map(figure -> new Metric("classes.short.completionTime." + figure))
                .toList();
    }

    Part withWorkload(WorkloadSource other) {
        return new Part(title, other, cluster, policies, baseline, sweep, metrics, published, figure);
    }

    /** These jobs instead. */
    Part replacedBy(TraceSource trace) {
        return withWorkload(workload.replacedBy(trace));
    }

    /** On so many nodes; a sweep over the nodes shrinks to that one value, and what was published for others is left out. */
    Part onNodes(int nodes) {
        SimulatedCluster other = cluster.with(Setting.NODES, nodes);
        if (sweep == null || sweep.setting() != Setting.NODES) {
            return new Part(title, workload, other, policies, baseline, sweep, metrics, published, figure);
        }
        String value = String.valueOf(nodes);
        List<Published> left = published.stream()
                .filter(claim -> claim.at() == null || claim.at().equals(value))
                .toList();
        return new Part(title, workload, other, policies, baseline, sweep.at(value), metrics, left, figure);
    }

    /**
     * The rows of its table: each policy at each value of the sweep, in that order.
     *
     * @throws IllegalArgumentException if a value is none, or settings contradict each other; its one line begins with the key
     */
    List<Variant> variants() {
        List<Variant> all = new ArrayList<>();
        if (sweep == null) {
            policies.forEach(policy -> all.add(variant("cluster", policy, policy, null, cluster, workload)));
            return all;
        }
        for (String value : sweep.values()) {
            for (String policy : policies) {
                all.add(swept(sweep, policy, value));
            }
        }
        return all;
    }

    private Variant swept(Sweep varied, String policy, String value) {
        Setting setting = varied.setting();
        if (setting == null) {
            boolean takesIt = varied.of() != null && varied.of().contains(policy);
            String runs = takesIt ? policy + ":" + varied.option() + "=" + value : policy;
            return variant("sweep", policy, runs, value, cluster, workload);
        }
        double number;
        WorkloadSource jobs;
        try {
            number = setting.parse(value);
            jobs = setting == Setting.LOAD ? workload.withLoad(number) : workload;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sweep: " + e.getMessage(), e);
        }
        SimulatedCluster on = setting == Setting.LOAD ? cluster : cluster.with(setting, number);
        return variant("sweep", policy, policy, value, on, jobs);
    }

    private static Variant variant(
            String key, String policy, String runs, @Nullable String value, SimulatedCluster on, WorkloadSource jobs) {
        try {
            return new Variant(policy, value, Policy.parse(runs).label(), on.settings(), jobs);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
