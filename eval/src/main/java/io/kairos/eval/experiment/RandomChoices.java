/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.eval.experiment.TheoryExperiment.Row;
import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.JobRecord;
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
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Servers with a queue each, which jobs choose at random: the shorter one of two against the only one looked at. So many servers never idle all
 * at once. Here a run begins with them idle, what is measured is the second half of its jobs, and intervals are taken over runs.
 */
final class RandomChoices {
    /** Many enough for the limit of many; the queues of two choices settle within some dozen mean jobs. */
    private static final int MANY_SERVERS = 1_000;

    /** Fewer, as with one choice they take more than a thousand mean jobs to settle at a load of 0.9. */
    private static final int SERVERS = 100;

    private static final int MOST_JOBS_A_RUN = 300_000;
    private static final double HIGH_LOAD = 0.9;
    private static final double PERCENT = 99;
    private static final String ONE = "random";
    private static final String TWO = "two-choices";

    private final int runs;
    private final int jobs;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * @param seeds at least 2
     * @param jobs for each seed, at least; in one run or several
     * @param progress takes a line a step
     */
    RandomChoices(int seeds, int jobs, long seed, Consumer<String> progress) {
        this.jobs = Math.min(jobs, MOST_JOBS_A_RUN);
        this.runs = seeds * (int) Math.ceil((double) jobs / this.jobs);
        this.seed = seed;
        this.progress = progress;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        String queue = "mean queue, 1,000 servers with a queue each, exponential; formula for many";
        for (double load : List.of(0.5, 0.7, HIGH_LOAD)) {
            progress.accept("theory: two choices, load " + load);
            // Little's law: as many are there as come in the time that one is there.
            ToDoubleFunction<List<JobRecord>> mean = ended -> load
                    * ended.stream()
                            .mapToDouble(JobRecord::completionSeconds)
                            .average()
                            .orElseThrow();
            double[] means = eachRun(TWO, MANY_SERVERS, load, mean);
            rows.add(row(queue, "two choices", load, new RandomChoice(2, load).meanQueue(), means, true));
        }
        String wait = "99th percentile of the wait, 100 servers with a queue each; formula for many";
        double[] one = longWaits("one choice", ONE);
        double[] two = longWaits("two choices", TWO);
        double[] ratios =
                IntStream.range(0, runs).mapToDouble(run -> one[run] / two[run]).toArray();
        double ofOne = new RandomChoice(1, HIGH_LOAD).waitPercentile(PERCENT);
        double ofTwo = new RandomChoice(2, HIGH_LOAD).waitPercentile(PERCENT);
        rows.add(row(wait, "one choice", HIGH_LOAD, ofOne, one, false));
        rows.add(row(wait, "two choices", HIGH_LOAD, ofTwo, two, false));
        rows.add(row(wait, "one over two", HIGH_LOAD, ofOne / ofTwo, ratios, false));
        return rows;
    }

    private double[] longWaits(String choice, String policy) {
        progress.accept("theory: long waits, " + choice + ", load " + HIGH_LOAD);
        return eachRun(policy, SERVERS, HIGH_LOAD, ended -> {
            double[] waits = ended.stream()
                    .mapToDouble(job -> job.completionSeconds() - job.serviceSeconds())
                    .sorted()
                    .toArray();
            return Distribution.percentile(waits, PERCENT);
        });
    }

    private double[] eachRun(String policy, int servers, double load, ToDoubleFunction<List<JobRecord>> figure) {
        Simulator simulator = new Simulator(new SimulationSettings(servers, 1, 0, 1, 0, 0, 0, 5, 0, false));
        Policy parsed = Policy.parse(policy);
        Traffic traffic = new Traffic(new Exponential(1), servers, load);
        return IntStream.range(0, runs)
                .parallel()
                .mapToDouble(run -> figure.applyAsDouble(
                        laterHalf(simulator.run(parsed, workload(traffic, seed + run), seed + run))))
                .toArray();
    }

    private Workload workload(Traffic traffic, long runSeed) {
        SplittableRandom random = new SplittableRandom(runSeed);
        Sizes gaps = new Exponential(traffic.meanGap());
        List<Job> drawn = new ArrayList<>(jobs);
        double submit = 0;
        for (int id = 1; id <= jobs; id++) {
            submit += gaps.draw(random);
            drawn.add(new Job(
                    id,
                    "job",
                    submit,
                    JobClass.SHORT,
                    List.of(Stage.of(traffic.sizes().draw(random)))));
        }
        return new Workload("theory", runSeed, drawn);
    }

    /** What comes later changes nothing for those before: they are served in turn. */
    private List<JobRecord> laterHalf(Simulator.Outcome outcome) {
        return outcome.record().jobs().stream()
                .filter(job -> Integer.parseInt(job.job()) > jobs / 2)
                .toList();
    }

    private Row row(String figure, String choice, double load, double formula, double[] ofRuns, boolean held) {
        ControlledMean.Estimate estimate = ControlledMean.of(Arrays.stream(ofRuns)
                .mapToObj(value -> new ControlledMean.Batch(1, value, ImmutableDoubleArray.of()))
                .toList());
        return new Row(
                figure,
                choice,
                load,
                formula,
                estimate.mean(),
                estimate.interval(),
                estimate.mean() / formula - 1,
                estimate.plain(),
                (long) runs * (jobs - jobs / 2),
                held);
    }
}
