/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.report.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The simulator against the formulas of queueing theory, on queues that have them: each mean has to come out within two per cent. How it is
 * measured, where plain means would take for ever: {@link BusyPeriods} and {@link ControlledMean}. Memory does not grow with the jobs.
 */
public final class TheoryExperiment {
    /** Runs of each, where nobody says otherwise. */
    public static final int SEEDS = 5;

    /** Jobs of each run, where nobody says otherwise. */
    public static final int JOBS = 1_000_000;

    static final String PLAIN =
            "plain is the mean of the jobs as drawn; measured leaves out by how much they happened to be heavier than"
                    + " their kind";

    private static final double BAR = 0.02;

    private final int seeds;
    private final int jobs;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * @param seeds runs of each, at least 2
     * @param jobs of each run, at least; more where it takes more, and until nobody waits
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
     * What came of it; the same on any machine.
     *
     * @param jobs of each run, as asked for
     */
    public record Result(String experiment, int seeds, int jobs, List<Row> rows) {
        public Result {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One discipline at one load; times in units of the smallest job where sizes are bounded, else of the mean one.
     *
     * @param figure what is measured, and on what
     * @param measured mean, without what is known to be chance
     * @param interval half the width of its 95 % interval, Student's t
     * @param difference of the measured mean from the formula, as a share of it
     * @param plain mean of all jobs as it is
     * @param jobs measured, of all runs together
     * @param held whether it has to be near the formula; else it is shown beside it
     */
    public record Row(
            String figure,
            String discipline,
            double load,
            double formula,
            double measured,
            double interval,
            double difference,
            double plain,
            long jobs,
            boolean held) {
        boolean isWithinBar() {
            return Math.abs(difference) <= BAR;
        }
    }

    public Result run() {
        List<Row> rows = new ArrayList<>();
        for (TheoryCase one : TheoryCase.all()) {
            progress.accept(
                    "theory: " + one.discipline() + ", load " + one.traffic().load());
            rows.add(row(one));
        }
        rows.addAll(new RandomChoices(seeds, jobs, seed, progress).rows());
        return new Result("theory", seeds, jobs, rows);
    }

    private Row row(TheoryCase one) {
        ControlledMean.Estimate estimate = ControlledMean.of(IntStream.range(0, seeds)
                .parallel()
                .mapToObj(run -> one.run(jobs, seed + run))
                .flatMap(List::stream)
                .toList());
        return new Row(
                one.figure(),
                one.discipline(),
                one.traffic().load(),
                one.formula(),
                estimate.mean(),
                estimate.interval(),
                estimate.mean() / one.formula() - 1,
                estimate.plain(),
                estimate.jobs(),
                true);
    }

    /** The result as plain text of at most 80 columns. */
    public static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>(Lines.wrap("the simulator against theory, " + facts(result), "  "));
        String figure = "";
        for (Row row : result.rows()) {
            if (!row.figure().equals(figure)) {
                figure = row.figure();
                lines.add(figure);
                lines.add(String.format(
                        "  %-23s%6s%11s%11s%9s%9s%9s", "", "load", "formula", "measured", "+-", "off by", "plain"));
            }
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-23s%6.1f%11s%11s%9s%8.2f%%%9s",
                    row.discipline(),
                    row.load(),
                    number(row.formula()),
                    number(row.measured()),
                    number(row.interval()),
                    100 * row.difference(),
                    number(row.plain())));
        }
        lines.add(verdict(result));
        lines.addAll(Lines.wrap(PLAIN, "  "));
        return lines;
    }

    /** How much was measured. */
    static String facts(Result result) {
        return Lines.format(
                "%d seeds of %,d jobs, of four times as many for one server at load 0.9",
                result.seeds(), result.jobs());
    }

    /** How many of those that have to be near their formulas are. */
    static String verdict(Result result) {
        List<Row> held = result.rows().stream().filter(Row::held).toList();
        return Lines.format(
                "%d of %d means within %.0f %% of the formula",
                held.stream().filter(Row::isWithinBar).count(), held.size(), 100 * BAR);
    }

    static String number(double value) {
        return Lines.format(value < 1 ? "%.4f" : "%.3f", value);
    }
}
