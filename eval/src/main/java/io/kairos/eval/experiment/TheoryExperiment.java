/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.demo.Machine;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.report.Lines;
import io.kairos.eval.simulator.Policy;
import io.kairos.eval.simulator.SimulationSettings;
import io.kairos.eval.simulator.Simulator;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The simulator against the formulas of a single server: processor sharing, least attained service and shortest remaining time have to come
 * out within two per cent. First come, first served is shown too; its mean hangs on the few longest jobs and converges slowly.
 */
public final class TheoryExperiment {
    private static final BoundedPareto SIZES = new BoundedPareto(1.1, 1, 10_000);
    private static final List<Double> LOADS = List.of(0.5, 0.7, 0.9);
    private static final double QUANTUM = 0.25;
    private static final double CONFIDENCE = 0.95;

    private final int seeds;
    private final int jobs;
    private final long seed;
    private final Consumer<String> progress;

    /** What a discipline is called here, as a policy, and by formula. */
    private record Discipline(String name, String policy, ToDoubleFunction<SingleServer> formula) {}

    private static final List<Discipline> DISCIPLINES = List.of(
            new Discipline("processor sharing", "ps", SingleServer::sharing),
            new Discipline("least attained service", "las", SingleServer::leastAttained),
            new Discipline("shortest remaining", "srpt", SingleServer::shortestRemaining),
            new Discipline("first come", "fifo", SingleServer::firstCome));

    /**
     * @param seeds runs of each, at least 2
     * @param jobs of each run
     * @param seed of the first
     * @param progress takes a line a step
     */
    public TheoryExperiment(int seeds, int jobs, long seed, Consumer<String> progress) {
        this.seeds = seeds;
        this.jobs = jobs;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param jobs of each run
     */
    public record Result(String experiment, String machine, int seeds, int jobs, List<Row> rows) {
        public Result {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One discipline at one load; mean response times in units of the smallest job.
     *
     * @param interval half the width of the 95 % interval of the measured mean, Student's t over the seeds
     * @param difference of the measured mean from the formula, as a share of it
     */
    public record Row(
            String discipline, double load, double formula, double measured, double interval, double difference) {}

    public Result run() {
        List<Row> rows = new ArrayList<>();
        for (double load : LOADS) {
            for (Discipline discipline : DISCIPLINES) {
                progress.accept("theory: " + discipline.name() + ", load " + load);
                rows.add(row(discipline, load));
            }
        }
        return new Result("theory", Machine.describe(), seeds, jobs, rows);
    }

    private Row row(Discipline discipline, double load) {
        double[] means = IntStream.range(0, seeds)
                .parallel()
                .mapToDouble(run -> meanResponse(discipline.policy(), load, seed + run))
                .toArray();
        double mean = Arrays.stream(means).average().orElseThrow();
        double squares =
                Arrays.stream(means).map(one -> (one - mean) * (one - mean)).sum();
        double error = Math.sqrt(squares / (seeds - 1) / seeds);
        double width = new TDistribution(seeds - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        double formula = discipline.formula().applyAsDouble(new SingleServer(SIZES, load));
        return new Row(discipline.name(), load, formula, mean, width * error, mean / formula - 1);
    }

    private double meanResponse(String policy, double load, long runSeed) {
        SimulationSettings settings = new SimulationSettings(1, 1, 0, QUANTUM, 0, 0, 0, 5, 0, false);
        return new Simulator(settings)
                .run(Policy.parse(policy), workload(load, runSeed), runSeed).record().jobs().stream()
                        .mapToDouble(JobRecord::completionSeconds)
                        .average()
                        .orElseThrow();
    }

    private Workload workload(double load, long runSeed) {
        SplittableRandom random = new SplittableRandom(runSeed);
        double meanGap = SIZES.mean() / load;
        List<Job> drawn = new ArrayList<>(jobs);
        double submit = 0;
        for (int id = 1; id <= jobs; id++) {
            submit += -StrictMath.log1p(-random.nextDouble()) * meanGap;
            drawn.add(new Job(id, "job", submit, JobClass.SHORT, List.of(Stage.of(SIZES.draw(random)))));
        }
        return new Workload("theory", runSeed, drawn);
    }

    /** The result as plain text of at most 80 columns. */
    public static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>(Lines.title(
                "one server, bounded Pareto 1.1 from 1 to 10,000",
                result.machine(),
                String.format(Locale.ROOT, ", %d seeds of %,d jobs", result.seeds(), result.jobs())));
        lines.add(String.format(
                "%-24s%6s%12s%12s%12s%12s", "mean response", "load", "formula", "measured", "+-", "off by"));
        for (Row row : result.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-24s%6.1f%12.2f%12.2f%12.2f%11.1f%%",
                    row.discipline(),
                    row.load(),
                    row.formula(),
                    row.measured(),
                    row.interval(),
                    100 * row.difference()));
        }
        return lines;
    }
}
