/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import com.google.common.base.Ticker;
import io.kairos.eval.cluster.SchedulerKind;
import io.kairos.eval.demo.Demo;
import io.kairos.eval.demo.DemoProgress;
import io.kairos.eval.demo.DemoSettings;
import io.kairos.eval.demo.SchedulerRun;
import io.kairos.eval.files.RunFolder;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.RunSummary;
import io.kairos.eval.report.TerminalTable;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kairos demo}. */
@Command(
        name = "demo",
        sortOptions = false,
        description = "Starts stock YARN in this process, runs the same jobs under each scheduler, and compares them.")
final class DemoCommand implements Callable<Integer> {
    private static final double PUBLISHED_QUANTUM_SECONDS = 50;
    private static final double LEAST_QUANTUM_SECONDS = 0.05;
    private static final List<String> PAUSERS = List.of("auto", "cgroup", "signal");

    private final SchedulerRun.Factory runs;
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private WorkloadOptions workloads;

    @Option(
            names = "--schedulers",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Of fifo, capacity, fair, kairos; the others are compared with the first (default: fifo,kairos).")
    private List<String> schedulers = List.of("fifo", "kairos");

    @Option(names = "--nodes", paramLabel = "N", description = "NodeManagers (default: ${DEFAULT-VALUE}).")
    private int nodes = 4;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Tasks a node runs at a time (default: ${DEFAULT-VALUE}).")
    private int slots = 2;

    @Option(
            names = "--queue-bound",
            paramLabel = "Q",
            description = "Tasks a node takes beyond its slots under kairos (default: ${DEFAULT-VALUE}).")
    private int queueBound = 4;

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            description = "Factor on a generated workload's times; 1 has a job a minute (default: ${DEFAULT-VALUE}).")
    private double scale = 0.015;

    @Option(
            names = "--quantum",
            paramLabel = "SECONDS",
            description =
                    "Service after which a running task may have to make way (default: the paper's 50 s times --scale).")
    private @Nullable Double quantum;

    @Option(
            names = "--pauser",
            paramLabel = "NAME",
            description = "How tasks are paused: auto, cgroup or signal (default: ${DEFAULT-VALUE}).")
    private String pauser = "auto";

    @Option(names = "--managed-am", description = "Give each job an application master in a container of its own.")
    private boolean managedMaster;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for all files (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("demo-out");

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DemoCommand(SchedulerRun.Factory runs, Console console) {
        this.runs = runs;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoSettings settings = settings();
        Workload workload = workloads.load(spec, nodes * slots, scale, common.seed());
        common.check(spec);
        Checks.writableFolder(spec, "--out", out);
        LogFile.openIn(out);
        Comparison comparison = run(settings, workload);
        common.writeJson(comparison.results());
        console.out().println();
        TerminalTable.lines(comparison.results()).forEach(console.out()::println);
        console.out().println();
        console.out().println("page: " + new RunFolder(out).page());
        return lostNone(comparison) ? 0 : ErrorLine.FAILED;
    }

    private Comparison run(DemoSettings settings, Workload workload) throws IOException, InterruptedException {
        DemoProgress progress = new DemoProgress(console.err(), console.terminal(), Ticker.systemTicker());
        try (Demo demo = new Demo(runs, progress)) {
            // Ctrl-C and kill: nothing may be left running or frozen.
            Thread ending = new Thread(demo::close, "end-of-demo");
            Runtime.getRuntime().addShutdownHook(ending);
            try {
                return demo.run(settings, workload, workloads.generated() ? common.seed() : null);
            } finally {
                forget(ending);
            }
        }
    }

    private static void forget(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // The process is on its way out: the hook is at work.
        }
    }

    private DemoSettings settings() {
        Checks.range(spec, "--nodes", nodes, 1, 64);
        Checks.range(spec, "--slots", slots, 1, 256);
        Checks.range(spec, "--queue-bound", queueBound, 0, 256);
        double quantumSeconds = Math.max(LEAST_QUANTUM_SECONDS, PUBLISHED_QUANTUM_SECONDS * scale);
        if (quantum != null) {
            Checks.range(spec, "--quantum", quantum, LEAST_QUANTUM_SECONDS, 3600);
            quantumSeconds = quantum;
        }
        if (!PAUSERS.contains(pauser)) {
            throw new ParameterException(
                    spec.commandLine(), "--pauser " + pauser + ": expected one of " + String.join(", ", PAUSERS));
        }
        return new DemoSettings(
                kinds(),
                nodes,
                slots,
                queueBound,
                Duration.ofMillis(Math.round(quantumSeconds * 1000)),
                pauser,
                managedMaster,
                common.seed(),
                out);
    }

    private List<SchedulerKind> kinds() {
        List<SchedulerKind> kinds = new ArrayList<>();
        for (String name : schedulers) {
            try {
                kinds.add(SchedulerKind.named(name));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--schedulers: " + e.getMessage(), e);
            }
        }
        if (new HashSet<>(kinds).size() < kinds.size()) {
            throw new ParameterException(
                    spec.commandLine(), "--schedulers " + String.join(",", schedulers) + ": expected each name once");
        }
        return kinds;
    }

    /** A demo that lost a task did not show what it is there to show. */
    private boolean lostNone(Comparison comparison) {
        boolean lostNone = true;
        for (RunSummary run : comparison.results().runs()) {
            if (!run.tasks().lostNone()) {
                console.err()
                        .println("kairos demo: " + run.scheduler() + ": only "
                                + run.tasks().completed() + " of " + run.tasks().submitted() + " tasks completed, "
                                + run.tasks().failed() + " failed, "
                                + run.tasks().killed() + " killed; see "
                                + out.resolve(LogFile.NAME));
                lostNone = false;
            }
        }
        return lostNone;
    }
}
