/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.Machine;
import io.kairos.eval.report.Lines;
import io.kairos.eval.simulator.Policy;
import io.kairos.eval.simulator.SimulationSettings;
import io.kairos.eval.simulator.Simulator;
import io.kairos.workloads.generator.GeneratorSettings;
import io.kairos.workloads.generator.WorkloadGenerator;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many events the simulator processes a second, on one thread and after warm-up: each policy on a workload like the Yahoo trace, one
 * of a million tasks, and ever more nodes, the most of them with as many more tasks.
 */
public final class SimulatorBenchmark {
    private static final int NODES = 4_000;
    /** As many as the slice of the trace has that the generator was calibrated against, and its load. */
    private static final int JOBS = 2_910;

    private static final double LOAD = 0.8;
    private static final int MILLION_TASKS_JOBS = 23_700;
    /** More nodes get as many more tasks, or it would be the making of nodes that is measured. */
    private static final int MANY_NODES = 10_000;

    private static final List<Integer> GROWTH = List.of(1_000, 10_000, 100_000);
    private static final List<String> POLICIES = List.of("kairos", "eagle", "hawk", "sparrow", "fifo", "srpt");
    private static final int WARM_UPS = 3;
    private static final int MEASURED = 5;
    private static final double NANOS_PER_SECOND = 1e9;

    private final @Nullable Workload recorded;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * @param recorded in the place of the generated workload for 4,000 slots, if any
     * @param seed of what is generated
     * @param progress takes a line a step
     */
    public SimulatorBenchmark(@Nullable Workload recorded, long seed, Consumer<String> progress) {
        this.recorded = recorded;
        this.seed = seed;
        this.progress = progress;
    }

    public SimulatorResult run() {
        List<SimulatorResult.Row> rows = new ArrayList<>();
        Workload workload = recorded != null ? recorded : yahoo(JOBS, NODES);
        // Kairos first: after other policies the compiled loop is another one.
        for (int nodes : GROWTH) {
            int times = Math.max(1, nodes / MANY_NODES);
            rows.add(measure("kairos", yahoo(times * JOBS * NODES / nodes, nodes), nodes, times > 1 ? 1 : WARM_UPS));
        }
        rows.add(measure("kairos", yahoo(MILLION_TASKS_JOBS, NODES), NODES, 1));
        for (String policy : POLICIES) {
            rows.add(measure(policy, workload, NODES, WARM_UPS));
        }
        return new SimulatorResult(
                "simulator", Machine.describe(), Runtime.getRuntime().maxMemory() >> 20, rows);
    }

    private Workload yahoo(int jobs, int nodes) {
        return WorkloadGenerator.YAHOO.generate(new GeneratorSettings(jobs, nodes, LOAD, 1), seed);
    }

    private SimulatorResult.Row measure(String policy, Workload workload, int nodes, int warmUps) {
        progress.accept("simulator: " + policy + ", " + workload.name() + ", " + nodes + " nodes, "
                + workload.taskCount() + " tasks");
        Simulator simulator = new Simulator(new SimulationSettings(nodes, 1, 4, 50, 0.0005, 0, 0, 5, 0.02, false));
        Policy parsed = Policy.parse(policy);
        double[] seconds = new double[MEASURED];
        long events = 0;
        for (int run = -warmUps; run < MEASURED; run++) {
            long start = System.nanoTime();
            Long happened =
                    simulator.run(parsed, workload, seed).record().costs().events();
            if (run >= 0) {
                seconds[run] = (System.nanoTime() - start) / NANOS_PER_SECOND;
                events = happened == null ? 0 : happened;
            }
        }
        Arrays.sort(seconds);
        double median = Distribution.percentile(seconds, 50);
        return new SimulatorResult.Row(
                policy, workload.name(), nodes, workload.taskCount(), events, median, events / median);
    }

    /** The result as plain text of at most 80 columns. */
    public static List<String> lines(SimulatorResult result) {
        List<String> lines = new ArrayList<>(Lines.title(
                result.bench(),
                result.machine(),
                ", one thread, at most " + result.heapMb() + " MiB, medians of " + MEASURED + " runs"));
        lines.add(String.format(
                "%-10s%-15s%8s%11s%12s%9s%14s",
                "scheduler", "workload", "nodes", "tasks", "events", "seconds", "events/s"));
        for (SimulatorResult.Row row : result.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-10s%-15s%,8d%,11d%,12d%9.2f%,14.0f",
                    row.scheduler(),
                    Lines.clip(row.workload(), 14),
                    row.nodes(),
                    row.tasks(),
                    row.events(),
                    row.seconds(),
                    row.eventsPerSecond()));
        }
        return lines;
    }
}
