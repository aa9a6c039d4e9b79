/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import com.google.common.collect.ImmutableList;
import io.kairos.eval.metrics.Machine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks by name, run with JMH in processes of their own. */
public enum Benchmarks {
    PLACEMENT(PlacementBenchmark.class, ImmutableList.of("10", "100", "1000", "5000", "10000"), "nodes"),
    NODE(NodeBenchmark.class, ImmutableList.of("4", "16", "40", "100", "400"), "tasks");

    private static final TimeValue WARM_UP = TimeValue.seconds(1);
    private static final TimeValue MEASURED = TimeValue.seconds(1);
    private static final int ITERATIONS = 2;

    private final Class<?> benchmark;
    private final ImmutableList<String> sizes;
    private final String sizeParameter;

    Benchmarks(Class<?> benchmark, ImmutableList<String> sizes, String sizeParameter) {
        this.benchmark = benchmark;
        this.sizes = sizes;
        this.sizeParameter = sizeParameter;
    }

    /** The name by which users choose it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Runs it; one size after the other, so that progress can be told.
     *
     * @param progress takes a line a step
     * @throws IllegalStateException JMH could not run it
     */
    public BenchResult run(long seed, Consumer<String> progress) {
        Map<String, List<Result<?>>> found = new LinkedHashMap<>();
        for (String size : sizes) {
            progress.accept(label() + ": " + size + " " + sizeParameter);
            for (RunResult result : run(size, seed)) {
                String subject = result.getParams().getParam("subject");
                found.computeIfAbsent((subject == null ? label() : subject) + " " + size, key -> new ArrayList<>())
                        .add(result.getPrimaryResult());
            }
        }
        List<BenchRow> rows = new ArrayList<>();
        found.forEach((key, results) -> rows.add(row(key.split(" ", -1), results)));
        rows.sort(Comparator.comparing(BenchRow::subject).thenComparingInt(BenchRow::size));
        return new BenchResult(label(), Machine.describe(), rows);
    }

    private Collection<RunResult> run(String size, long seed) {
        var options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .mode(Mode.Throughput)
                .mode(Mode.SampleTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(1)
                .threads(1)
                .warmupIterations(1)
                .warmupTime(WARM_UP)
                .measurementIterations(ITERATIONS)
                .measurementTime(MEASURED)
                .param(sizeParameter, size)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        Options chosen =
                this == PLACEMENT ? options.param("seed", Long.toString(seed)).build() : options.build();
        try {
            return new Runner(chosen).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmark could not be run: " + e.getMessage(), e);
        }
    }

    /** A row with each figure under the name it has for this benchmark. */
    BenchRow row(String subject, int size, double perSecond, BenchRow.Micros micros) {
        return switch (this) {
            case PLACEMENT -> new BenchRow(subject, size, null, perSecond, null, micros);
            case NODE -> new BenchRow(subject, null, size, null, perSecond, micros);
        };
    }

    private BenchRow row(String[] subjectAndSize, List<Result<?>> results) {
        double perSecond = 0;
        BenchRow.@Nullable Micros micros = null;
        for (Result<?> result : results) {
            if (result.getScoreUnit().startsWith("ops/")) {
                perSecond = result.getScore() * TimeUnit.SECONDS.toMicros(1);
            } else {
                var statistics = result.getStatistics();
                micros = new BenchRow.Micros(statistics.getPercentile(50), statistics.getPercentile(99));
            }
        }
        if (micros == null || perSecond <= 0) {
            throw new IllegalStateException("the benchmark gave no figures");
        }
        int size = Integer.parseInt(subjectAndSize[1]);
        return row(subjectAndSize[0], size, perSecond, micros);
    }
}
