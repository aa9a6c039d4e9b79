/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.bench.BenchResult;
import io.kairos.eval.bench.BenchTable;
import io.kairos.eval.bench.Benchmarks;
import io.kairos.eval.bench.PauseBenchmark;
import io.kairos.eval.bench.ReportsBenchmark;
import io.kairos.eval.bench.ReportsResult;
import io.kairos.eval.cluster.DockerTasks;
import io.kairos.eval.rm.RmBenchmark;
import io.kairos.eval.rm.RmResult;
import io.kairos.eval.rm.RmTable;
import io.kairos.eval.sls.SlsBenchmark;
import io.kairos.eval.sls.SlsResult;
import io.kairos.eval.sls.SlsTable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code kairos bench NAME}. */
@Command(name = "bench", description = "Measures decisions a second, and how their cost grows; about a minute each.")
final class BenchCommand extends ConsoleCommand {
    /** Not one that JMH runs. */
    private static final String REPORTS = "reports";

    /** The one that takes most options. */
    private static final String SCHEDULERS = "rm";

    /** In Hadoop's Scheduler Load Simulator. */
    private static final String SIMULATOR = "sls";

    @Parameters(
            paramLabel = "NAME",
            description =
                    "placement: as nodes grow. node: as tasks a node grow. rm: whole schedulers, beside YARN's own."
                            + " reports: placement under 10,000 load reports a second. sls: Kairos and CapacityScheduler in"
                            + " Hadoop's Scheduler Load Simulator, about twelve minutes.")
    private String name;

    @Option(
            names = "--nodes",
            paramLabel = "N,...",
            split = ",",
            description =
                    "With rm and sls: numbers of nodes (default: 100,1000,5000, which takes half an hour; with sls"
                            + " 1000).")
    private @Nullable List<Integer> nodes;

    @Option(
            names = "--schedulers",
            paramLabel = "NAME,...",
            split = ",",
            description = "With rm: some of kairos, capacity, capacity-100 (as many containers a heartbeat),"
                    + " capacity-async, fair and fifo (default: all).")
    private @Nullable List<String> schedulers;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "With rm: rounds of each process of a scheduler, of which two warm up (default: 8). With sls: runs of each scheduler,"
                            + " about two minutes each (default: 2).")
    private @Nullable Integer rounds;

    @Option(
            names = "--docker",
            description = "With node: what pausing Docker containers costs instead; takes root and an engine.")
    private boolean docker;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    BenchCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        if (name.equals(SCHEDULERS)) {
            return measureSchedulers();
        }
        refuse("--schedulers", schedulers, SCHEDULERS);
        if (name.equals(SIMULATOR)) {
            return simulate();
        }
        refuse("--nodes", nodes, SCHEDULERS + " or " + SIMULATOR);
        refuse("--rounds", rounds, SCHEDULERS + " or " + SIMULATOR);
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

    private int measureSchedulers() throws IOException {
        if (docker) {
            throw new ParameterException(spec.commandLine(), "--docker with " + SCHEDULERS + ": expected it with node");
        }
        List<Integer> sizes = nodes == null ? List.of(100, 1_000, 5_000) : nodes;
        sizes.forEach(size -> Checks.range(spec, "--nodes", size, 1, 20_000));
        int measured = rounds == null ? 8 : rounds;
        Checks.range(spec, "--rounds", measured, 3, 1_000);
        RmResult result = schedulerBenchmark(sizes, measured).run();
        common.writeJson(result);
        RmTable.lines(result).forEach(console.out()::println);
        return 0;
    }

    private RmBenchmark schedulerBenchmark(List<Integer> sizes, int measured) {
        List<String> names = schedulers == null ? RmBenchmark.schedulers() : schedulers;
        try {
            return new RmBenchmark(names, sizes, measured, common.seed(), console.err()::println);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--schedulers: " + e.getMessage(), e);
        }
    }

    private int simulate() throws IOException, InterruptedException {
        refuse("--docker", docker ? true : null, "node");
        List<Integer> sizes = nodes == null ? List.of(1_000) : nodes;
        sizes.forEach(size -> Checks.range(spec, "--nodes", size, 1, 20_000));
        int runs = rounds == null ? 2 : rounds;
        Checks.range(spec, "--rounds", runs, 1, 100);
        SlsResult result = new SlsBenchmark(sizes, runs, common.seed(), console.err()::println).run();
        common.writeJson(result);
        SlsTable.lines(result).forEach(console.out()::println);
        return result.allEnded() ? 0 : 1;
    }

    private void refuse(String option, @Nullable Object value, String where) {
        if (value != null) {
            throw new ParameterException(spec.commandLine(), option + " with " + name + ": expected it with " + where);
        }
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
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + ", " + SCHEDULERS + ", " + REPORTS + ", " + SIMULATOR, e);
        }
    }
}
