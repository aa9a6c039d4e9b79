/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import com.google.common.base.Ticker;
import io.kairos.eval.daemons.ClusterFolder;
import io.kairos.eval.daemons.DaemonCluster;
import io.kairos.eval.daemons.HadoopRelease;
import io.kairos.eval.daemons.HadoopRun;
import io.kairos.eval.daemons.Installation;
import io.kairos.eval.daemons.Libraries;
import io.kairos.eval.daemons.SparkSubmit;
import io.kairos.eval.files.FolderInUseException;
import io.kairos.eval.files.FolderLock;
import io.kairos.eval.files.RunFolder;
import io.kairos.eval.metrics.ApplicationRecord;
import io.kairos.eval.metrics.Comparison;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.metrics.TaskCounts;
import io.kairos.eval.metrics.WorkloadSummary;
import io.kairos.eval.replay.AloneFigures;
import io.kairos.eval.replay.AloneFile;
import io.kairos.eval.replay.EmulatedRun;
import io.kairos.eval.replay.FrameworkClients;
import io.kairos.eval.replay.JobClients;
import io.kairos.eval.replay.RealRun;
import io.kairos.eval.replay.RunHistory;
import io.kairos.eval.replay.RunProgress;
import io.kairos.eval.replay.RunTerms;
import io.kairos.eval.replay.RunningCluster;
import io.kairos.eval.replay.YarnApplications;
import io.kairos.eval.report.ApplicationsTable;
import io.kairos.eval.report.TerminalTable;
import io.kairos.workloads.mix.JobMix;
import io.kairos.workloads.mix.MixedJob;
import io.kairos.workloads.model.Workload;
import io.kairos.workloads.replay.ReplaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code kairos replay}. */
@Command(
        name = "replay",
        sortOptions = false,
        description = {
            "Replays jobs in open loop on a YARN cluster that runs: emulated ones, whose tasks only count their time, or"
                    + " with --mix real Spark and MapReduce jobs.",
            "The folder --out keeps a run of each scheduler, and the table shows them side by side."
        })
final class ReplayCommand extends ConsoleCommand {
    private static final String SHIPPED = "mixed";
    private static final int DEFAULT_REAL_JOBS = 36;
    private static final double DEFAULT_SCALE = 0.1;
    private static final double MOST_GAP_SECONDS = 24 * 3600;
    private static final int MOST_REAL_JOBS = 10_000;

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description = "Configuration directory of the cluster (default: ${DEFAULT-VALUE}).")
    private Path configuration = Path.of("cluster-out", "conf");

    @Mixin
    private WorkloadOptions workloads;

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            description = "Factor on all times of emulated jobs (default: " + DEFAULT_SCALE + ", of a trace 1).")
    private @Nullable Double scale;

    @Option(
            names = "--mix",
            paramLabel = "FILE",
            description = "Real jobs: a JSON file that lists them, or '" + SHIPPED
                    + "' for the mix that comes with this program. --jobs is " + DEFAULT_REAL_JOBS + " then.")
    private @Nullable String mix;

    @Option(
            names = "--gap",
            paramLabel = "SECONDS",
            description = "Mean time between two real jobs (default: ${DEFAULT-VALUE}).")
    private double gapSeconds = 20;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for all files (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("replay-out");

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ReplayCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            return replay();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** @throws IllegalArgumentException one line: what was asked for does not go with what is there */
    private int replay() throws IOException, InterruptedException {
        Checks.range(spec, "--gap", gapSeconds, 0, MOST_GAP_SECONDS);
        double effectiveScale = workloads.scale(spec, scale, DEFAULT_SCALE);
        JobMix chosen = mix == null ? null : mix(mix);
        int count = chosen == null ? 0 : workloads.jobs(spec, DEFAULT_REAL_JOBS, MOST_REAL_JOBS);
        RunningCluster.requireConfiguration(configuration);
        Checks.writableFolder(spec, "--out", out);
        common.check(spec);
        try (FolderLock lock = FolderLock.take(out)) {
            LogFile.openIn(out);
            RunningCluster cluster = RunningCluster.at(configuration);
            if (SHIPPED.equals(mix)) {
                cluster.requireRoom(JobMix.SHIPPED_TASK_MEMORY_MB);
            }
            return chosen == null
                    ? emulated(cluster, effectiveScale)
                    : real(cluster, chosen.name(), chosen.plan(count, gapSeconds, common.seed()));
        } catch (FolderInUseException e) {
            throw new ParameterException(spec.commandLine(), "--out: " + e.getMessage(), e);
        }
    }

    private JobMix mix(String name) {
        try {
            return name.equals(SHIPPED) ? JobMix.shipped() : JobMix.read(Path.of(name));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--mix " + ErrorLine.describe(e), e);
        }
    }

    private int emulated(RunningCluster cluster, double effectiveScale) throws IOException, InterruptedException {
        RunTerms terms = cluster.terms(common.seed());
        Workload workload = workloads.load(spec, terms.nodes() * terms.slots(), effectiveScale, common.seed());
        WorkloadSummary summary = new WorkloadSummary(
                workload.name(),
                workload.jobs().size(),
                workload.taskCount(),
                workloads.generated() ? common.seed() : null,
                workload.serviceSeconds());
        RunHistory history = new RunHistory(out);
        history.require(summary);
        RunProgress progress = progress();
        progress.begin(terms.scheduler());
        EmulatedRun run = new EmulatedRun(workload, terms, cluster.decisions().orElse(null));
        try (run;
                Ending ending = new Ending("end-of-replay", () -> interrupt(run, progress))) {
            RunRecord record = run.execute(
                    cluster.configuration(),
                    ReplaySettings.DEFAULTS.withTaskMemoryMb(cluster.taskMemoryMb()),
                    progress::update);
            progress.end();
            return show(history, history.add(summary, record, List.of()), record, List.of());
        } finally {
            progress.end();
        }
    }

    private int real(RunningCluster cluster, String name, List<MixedJob> jobs)
            throws IOException, InterruptedException {
        RunTerms terms = cluster.terms(common.seed());
        JobClients clients = clients();
        RunProgress progress = progress();
        Path logs = Files.createDirectories(out.resolve("jobs").resolve(terms.scheduler()));
        Map<String, AloneFigures> alone = alone(cluster, clients, jobs, progress);
        WorkloadSummary summary = new WorkloadSummary(
                name,
                jobs.size(),
                jobs.stream().mapToInt(job -> tasks(alone, job)).sum(),
                common.seed(),
                jobs.stream()
                        .mapToDouble(job -> figures(alone, job).slotSeconds())
                        .sum());
        RunHistory history = new RunHistory(out);
        history.require(summary);
        progress.begin(terms.scheduler());
        RealRun run = new RealRun(
                clients,
                new YarnApplications(cluster.configuration()),
                terms,
                cluster.decisions().orElse(null),
                logs);
        try (run;
                Ending ending = new Ending("end-of-replay", () -> interrupt(run, progress))) {
            RealRun.Outcome outcome = run.execute(jobs, alone, progress::update);
            progress.end();
            Comparison comparison = history.add(summary, outcome.record(), outcome.applications());
            return show(history, comparison, outcome.record(), outcome.applications());
        } finally {
            progress.end();
        }
    }

    private static AloneFigures figures(Map<String, AloneFigures> alone, MixedJob job) {
        AloneFigures figures = alone.get(job.template().name());
        if (figures == null) {
            throw new IllegalStateException(job.template().name() + " was not run alone");
        }
        return figures;
    }

    private static int tasks(Map<String, AloneFigures> alone, MixedJob job) {
        Integer tasks = figures(alone, job).tasks();
        return tasks == null ? 1 : tasks;
    }

    /** Each job of the workload once with the cluster to itself, unless an earlier run has done it. */
    private Map<String, AloneFigures> alone(
            RunningCluster cluster, JobClients clients, List<MixedJob> jobs, RunProgress progress)
            throws IOException, InterruptedException {
        AloneFile file = new AloneFile(out);
        Map<String, AloneFigures> known = file.read();
        for (MixedJob job : jobs) {
            String name = job.template().name();
            if (known.containsKey(name)) {
                continue;
            }
            progress.note("alone: " + name);
            Path logs = Files.createDirectories(out.resolve("jobs").resolve("alone"));
            RealRun run = new RealRun(
                    clients, new YarnApplications(cluster.configuration()), cluster.terms(common.seed()), null, logs);
            try (run;
                    Ending ending = new Ending("end-of-replay", () -> interrupt(run, progress))) {
                known.put(name, run.alone(job));
            }
            file.write(known);
        }
        return known;
    }

    private JobClients clients() throws IOException {
        Installation installation = Installation.ofThisProcess();
        Libraries libraries =
                new Libraries(installation, line -> console.err().println(spec.qualifiedName() + ": " + line));
        Path absolute = configuration.toAbsolutePath().normalize();
        return new FrameworkClients(
                absolute,
                new SparkSubmit(installation, libraries),
                new HadoopRun(release(absolute, installation), libraries));
    }

    /** That of a cluster of this host, in whose folder its configuration is; else the newest. */
    private static HadoopRelease release(Path absolute, Installation installation) throws IOException {
        Path folder = absolute.getParent();
        Optional<DaemonCluster.Status> local = folder == null
                ? Optional.empty()
                : new DaemonCluster(new ClusterFolder(folder), installation, line -> {}).status();
        return local.map(status -> status.settings().release()).orElse(HadoopRelease.V3_5_0);
    }

    private RunProgress progress() {
        return new RunProgress(console.err(), console.terminal(), Ticker.systemTicker());
    }

    private void interrupt(AutoCloseable run, RunProgress progress) {
        progress.end();
        console.err().println(spec.qualifiedName() + ": interrupted, ending what it started");
        try {
            run.close();
        } catch (Exception e) {
            console.err().println(spec.qualifiedName() + ": " + e.getMessage());
        }
    }

    private int show(RunHistory history, Comparison comparison, RunRecord run, List<ApplicationRecord> applications)
            throws IOException {
        common.writeJson(comparison.results());
        console.out().println();
        TerminalTable.lines(comparison.results()).forEach(console.out()::println);
        List<String> real = ApplicationsTable.lines(history.applications());
        if (!applications.isEmpty()) {
            console.out().println();
            real.forEach(console.out()::println);
        }
        console.out().println();
        console.out().println("page: " + new RunFolder(out).page());
        return wentWell(run.scheduler(), run.tasks(), applications) ? 0 : ErrorLine.FAILED;
    }

    private boolean wentWell(String scheduler, TaskCounts tasks, List<ApplicationRecord> applications) {
        String prefix = spec.qualifiedName() + ": " + scheduler + ": ";
        Optional<String> problem = tasks.problem();
        problem.ifPresent(text -> console.err().println(prefix + text));
        List<ApplicationRecord> harmed =
                applications.stream().filter(job -> !job.isUnharmed()).toList();
        harmed.forEach(job -> console.err()
                .println(prefix + "job " + job.job() + ", " + job.name() + ", "
                        + (job.rightResult()
                                ? "lost something on its way"
                                : "ended with status " + job.exitStatus() + " and result '" + job.result() + "'")
                        + "; see " + out.resolve("jobs").resolve(scheduler)));
        return problem.isEmpty() && harmed.isEmpty();
    }
}
