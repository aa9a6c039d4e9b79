/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.bench.BenchResult;
import io.kairos.eval.bench.BenchTable;
import io.kairos.eval.bench.Benchmarks;
import io.kairos.eval.bench.PauseBenchmark;
import io.kairos.eval.bench.ReportsBenchmark;
import io.kairos.eval.bench.ReportsResult;
import io.kairos.eval.cluster.DockerTasks;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kairos bench NAME}. */
@Command(name = "bench", description = "Measures decisions a second, and how their cost grows; about a minute each.")
final class BenchCommand implements Callable<Integer> {
    /** Not one that JMH runs. */
    private static final String REPORTS = "reports";

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "placement: as nodes grow. node: as tasks a node grow. reports: placement under 10,000 load reports a second.")
    private String name;

    @Option(
            names = "--docker",
            description = "With node: what pausing Docker containers costs instead; takes root and an engine.")
    private boolean docker;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        if (name.equals(REPORTS)) {
            return measureUnderReports();
        }
        Benchmarks benchmark = benchmark();
        if (docker) {
            return measurePauses(benchmark);
        }
        BenchResult result = benchmark.run(common.seed(), console.err()::println);
        common.writeJson(result);
        BenchTable.lines(result).forEach(console.out()::println);
        return 0;
    }

    private int measureUnderReports() throws IOException, InterruptedException {
        if (docker) {
            throw new ParameterException(spec.commandLine(), "--docker with " + REPORTS + ": expected it with node");
        }
        ReportsResult result = new ReportsBenchmark().run(console.err()::println);
        common.writeJson(result);
        ReportsBenchmark.lines(result).forEach(console.out()::println);
        return 0;
    }

    private int measurePauses(Benchmarks benchmark) throws IOException, InterruptedException {
        if (benchmark != Benchmarks.NODE) {
            throw new ParameterException(
                    spec.commandLine(), "--docker with " + benchmark.label() + ": expected it with node");
        }
        DockerTasks.prepare();
        BenchResult result = new PauseBenchmark().run(console.err()::println);
        common.writeJson(result);
        PauseBenchmark.lines(result).forEach(console.out()::println);
        return 0;
    }

    private Benchmarks benchmark() {
        try {
            return Benchmarks.named(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ", " + REPORTS, e);
        }
    }
}
