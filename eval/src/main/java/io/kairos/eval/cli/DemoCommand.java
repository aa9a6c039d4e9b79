/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import com.google.common.base.Ticker;
import io.kairos.eval.cluster.DockerTasks;
import io.kairos.eval.cluster.SchedulerKind;
import io.kairos.eval.demo.Demo;
import io.kairos.eval.demo.DemoSettings;
import io.kairos.eval.demo.SchedulerRun;
import io.kairos.eval.files.FolderInUseException;
import io.kairos.eval.files.FolderLock;
import io.kairos.eval.files.RunFolder;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.RunSummary;
import io.kairos.eval.replay.RunProgress;
import io.kairos.eval.report.TerminalTable;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code kairos demo}. */
@Command(
        name = "demo",
        sortOptions = false,
        description = "Starts stock YARN in this process, runs the same jobs under each scheduler, and compares them.")
final class DemoCommand extends ConsoleCommand {
    private static final double PUBLISHED_QUANTUM_SECONDS = 50;
    /** The default of the ResourceManager, of times that --scale does not change. */
    private static final double PATIENCE_SECONDS = 900;

    private static final double LEAST_QUANTUM_SECONDS = 0.01;
    private static final double MOST_QUANTUM_SECONDS = 24 * 3600;
    private static final double DEFAULT_SCALE = 0.015;
    private static final double LONG_DEMO_SECONDS = 30 * 60;

    private final SchedulerRun.Factory runs;
    private volatile boolean interrupted;

    @Mixin
    private WorkloadOptions workloads;

    @Option(
            names = "--schedulers",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Of fifo, capacity, fair, kairos, kairos-job; the others are compared with the first (default: fifo,kairos).")
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
            description = "Factor on all times; 1 has a generated job a minute (default: " + DEFAULT_SCALE
                    + ", of a trace 1).")
    private @Nullable Double scale;

    @Option(
            names = "--quantum",
            paramLabel = "SECONDS",
            description =
                    "Service after which a running task may have to make way (default: the paper's 50 s times --scale).")
    private @Nullable Double quantum;

    @Option(
            names = "--pauser",
            paramLabel = "NAME",
            description = "How tasks are paused: auto, cgroup, signal or docker, which implies --docker (default:"
                    + " ${DEFAULT-VALUE}).")
    private String pauser = "auto";

    @Option(names = "--docker", description = "Run tasks in Docker containers, under every scheduler.")
    private boolean docker;

    @Option(names = "--managed-am", description = "Give each job an application master in a container of its own.")
    private boolean managedMaster;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for all files (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("demo-out");

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DemoCommand(SchedulerRun.Factory runs, Console console) {
        super(console);
        this.runs = runs;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        double effectiveScale = workloads.scale(spec, scale, DEFAULT_SCALE);
        DemoSettings settings = settings(effectiveScale);
        Workload workload = workloads.load(spec, nodes * slots, effectiveScale, common.seed());
        checkMasters(workload);
        checkDocker();
        Checks.plainPath(spec, "--out", out);
        Checks.writableFolder(spec, "--out", out);
        // Only now: the file may go to that folder.
        common.check(spec);
        try (FolderLock lock = FolderLock.take(out)) {
            LogFile.openIn(out);
            warnOfALongDemo(workload);
            return compare(settings, workload);
        } catch (FolderInUseException e) {
            throw new ParameterException(spec.commandLine(), "--out: " + e.getMessage(), e);
        }
    }

    private int compare(DemoSettings settings, Workload workload) throws IOException, InterruptedException {
        Comparison comparison;
        try {
            comparison = run(settings, workload);
        } catch (IOException | InterruptedException e) {
            if (interrupted) {
                // Told already, and whatever fails now fails for that; the process is on its way out.
                return ErrorLine.FAILED;
            }
            throw e;
        }
        common.writeJson(comparison.results());
        console.out().println();
        TerminalTable.lines(comparison.results()).forEach(console.out()::println);
        console.out().println();
        console.out().println("page: " + new RunFolder(out).page());
        return wentWell(comparison) ? 0 : ErrorLine.FAILED;
    }

    private Comparison run(DemoSettings settings, Workload workload) throws IOException, InterruptedException {
        RunProgress progress = new RunProgress(console.err(), console.terminal(), Ticker.systemTicker());
        Demo demo = new Demo(runs, progress);
        try (Ending ending = new Ending("end-of-demo", () -> interrupt(demo, progress));
                demo) {
            return demo.run(settings, workload, workloads.generated() ? common.seed() : null);
        }
    }

    private void interrupt(Demo demo, RunProgress progress) {
        interrupted = true;
        // At once: to end a cluster takes seconds.
        progress.end();
        console.err().println("kairos demo: interrupted, ending what it started");
        demo.close();
    }

    private DemoSettings settings(double effectiveScale) {
        Checks.range(spec, "--nodes", nodes, 1, 64);
        Checks.range(spec, "--slots", slots, 1, 256);
        Checks.range(spec, "--queue-bound", queueBound, 0, 256);
        double quantumSeconds = quantum != null ? quantum : PUBLISHED_QUANTUM_SECONDS * effectiveScale;
        Checks.range(
                spec,
                quantum != null ? "--quantum" : "--quantum not given, the default for --scale " + effectiveScale + ":",
                quantumSeconds,
                LEAST_QUANTUM_SECONDS,
                MOST_QUANTUM_SECONDS);
        Checks.pauser(spec, pauser);
        return new DemoSettings(
                kinds(),
                nodes,
                slots,
                queueBound,
                Duration.ofMillis(Math.round(quantumSeconds * 1000)),
                Duration.ofMillis(Math.round(PATIENCE_SECONDS * effectiveScale * 1000)),
                pauser,
                inDocker(),
                managedMaster,
                common.seed(),
                out);
    }

    private boolean inDocker() {
        return docker || pauser.equals("docker");
    }

    private void checkDocker() throws IOException, InterruptedException {
        if (!inDocker()) {
            return;
        }
        if (managedMaster || pauser.equals("signal")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--docker with " + (managedMaster ? "--managed-am" : "--pauser signal")
                            + ": expected it without, for containers are paused as a whole and hold no Hadoop");
        }
        DockerTasks.prepare();
    }

    private void checkMasters(Workload workload) {
        int jobs = workload.jobs().size();
        if (managedMaster && jobs > DemoSettings.MOST_MASTERS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--managed-am with " + jobs + " jobs: expected at most " + DemoSettings.MOST_MASTERS
                            + ", each has a Java process");
        }
    }

    private void warnOfALongDemo(Workload workload) {
        double least = workload.leastSeconds(nodes * slots);
        if (least > LONG_DEMO_SECONDS) {
            console.err()
                    .printf(
                            Locale.ROOT,
                            "kairos demo: about %.1f h of work on %d slots: expected at least %.1f h for each scheduler;"
                                    + " a smaller --scale makes it shorter%n",
                            workload.serviceSeconds() / 3600,
                            nodes * slots,
                            least / 3600);
        }
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

    /** A demo that lost a task, or ran one twice, did not show what it is there to show. */
    private boolean wentWell(Comparison comparison) {
        boolean allWell = true;
        for (RunSummary run : comparison.results().runs()) {
            Optional<String> problem = run.tasks().problem();
            if (problem.isPresent()) {
                console.err()
                        .println("kairos demo: " + run.scheduler() + ": " + problem.get() + "; see "
                                + out.resolve(LogFile.NAME));
                allWell = false;
            }
        }
        return allWell;
    }
}
