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
import io.kairos.eval.replay.AloneBook;
import io.kairos.eval.replay.EmulatedRun;
import io.kairos.eval.replay.FrameworkClients;
import io.kairos.eval.replay.JobClients;
import io.kairos.eval.replay.RealOutcome;
import io.kairos.eval.replay.RealRun;
import io.kairos.eval.replay.RunHistory;
import io.kairos.eval.replay.RunProgress;
import io.kairos.eval.replay.RunTerms;
import io.kairos.eval.replay.RunningCluster;
import io.kairos.eval.replay.Submissions;
import io.kairos.eval.replay.YarnApplications;
import io.kairos.eval.report.ApplicationsTable;
import io.kairos.eval.report.TerminalTable;
import io.kairos.node.pauser.PauseMode;
import io.kairos.workloads.mix.JobMix;
import io.kairos.workloads.mix.MixedJob;
import io.kairos.workloads.model.Workload;
import io.kairos.workloads.replay.ReplaySettings;
import io.kairos.yarn.conf.NodeManagerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final int DEFAULT_REAL_JOBS = 30;
    private static final double DEFAULT_SCALE = 0.1;
    private static final double DEFAULT_GAP_SECONDS = 28;
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
            description = "Mean time between two real jobs (default: " + DEFAULT_GAP_SECONDS + ").")
    private @Nullable Double gapSeconds;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for all files (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("replay-out");

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ReplayCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        double meanGap = meanGap();
        double effectiveScale = workloads.scale(spec, scale, DEFAULT_SCALE);
        JobMix chosen = mix == null ? null : mix(mix);
        if (chosen != null && scale != null) {
            throw new ParameterException(spec.commandLine(), "--scale with --mix: expected it with emulated jobs only");
        }
        int count = chosen == null ? 0 : workloads.jobs(spec, DEFAULT_REAL_JOBS, MOST_REAL_JOBS);
        asked(() -> RunningCluster.requireConfiguration(configuration));
        Checks.writableFolder(spec, "--out", out);
        common.check(spec);
        try (FolderLock lock = FolderLock.take(out)) {
            LogFile.openIn(out);
            RunningCluster cluster = asked(this::cluster);
            return chosen == null
                    ? emulated(cluster, effectiveScale)
                    : real(cluster, chosen.name(), chosen.plan(count, meanGap, common.seed()));
        } catch (FolderInUseException e) {
            throw new ParameterException(spec.commandLine(), "--out: " + e.getMessage(), e);
        }
    }

    /** What is found out of what was asked for. */
    private interface Question<T> {
        /** @throws IllegalArgumentException one line: it does not go with what is there */
        T answer() throws IOException;
    }

    private <T> T asked(Question<T> question) throws IOException {
        try {
            return question.answer();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private RunningCluster cluster() throws IOException {
        RunningCluster cluster = RunningCluster.at(configuration);
        if (SHIPPED.equals(mix)) {
            cluster.requireRoom(JobMix.SHIPPED_TASK_MEMORY_MB);
        }
        return cluster;
    }

    private double meanGap() {
        if (gapSeconds == null) {
            return DEFAULT_GAP_SECONDS;
        }
        Checks.range(spec, "--gap", gapSeconds, 0, MOST_GAP_SECONDS);
        if (mix == null) {
            throw new ParameterException(spec.commandLine(), "--gap without --mix: expected it with real jobs only");
        }
        return gapSeconds;
    }

    private JobMix mix(String name) {
        try {
            return name.equals(SHIPPED) ? JobMix.shipped() : JobMix.read(Path.of(name));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--mix " + ErrorLine.describe(e), e);
        }
    }

    private int emulated(RunningCluster cluster, double effectiveScale) throws IOException, InterruptedException {
        RunTerms terms = asked(() -> cluster.terms(common.seed()));
        int taskMemoryMb = asked(cluster::taskMemoryMb);
        if (terms.pauses() && NodeManagerKeys.pauseMode(cluster.configuration()) == PauseMode.THROTTLE) {
            tell(NodeManagerKeys.PAUSE_MODE.name()
                    + " is 'throttle': emulated tasks go on while they are paused, and figures"
                    + " are too good; expected freeze, or --mix");
        }
        Workload workload = workloads.load(spec, terms.nodes() * terms.slots(), effectiveScale, common.seed());
        WorkloadSummary summary = WorkloadSummary.of(workload, workloads.generated() ? common.seed() : null);
        RunHistory history = asked(() -> new RunHistory(out).require(summary, Submissions.of(workload), terms));
        RunProgress progress = progress();
        progress.begin(terms.scheduler());
        EmulatedRun run = new EmulatedRun(workload, terms, cluster.decisions().orElse(null));
        try (Ending ending = new Ending("end-of-replay", () -> interrupt(run, progress));
                run) {
            RunRecord record = run.execute(
                    cluster.configuration(), ReplaySettings.DEFAULTS.withTaskMemoryMb(taskMemoryMb), progress::update);
            progress.end();
            return show(history, history.add(summary, record, List.of()), record, List.of());
        } finally {
            progress.end();
        }
    }

    private int real(RunningCluster cluster, String name, List<MixedJob> jobs)
            throws IOException, InterruptedException {
        RunTerms terms = asked(() -> cluster.terms(common.seed()));
        // Before minutes of jobs alone.
        Submissions submissions = Submissions.of(jobs);
        RunHistory before =
                asked(() -> new RunHistory(out).require(name, jobs.size(), common.seed(), submissions, terms));
        AloneBook alone = AloneBook.of(out, terms);
        if (!before.isEmpty()) {
            asked(() -> alone.require(jobs));
        }
        RunProgress progress = progress();
        learn(alone, cluster, terms, jobs, progress);
        WorkloadSummary summary = alone.workload(name, jobs, common.seed());
        RunHistory history = asked(() -> new RunHistory(out).require(summary, submissions, terms));
        progress.begin(terms.scheduler());
        RealRun run =
                realRun(cluster, terms, terms.scheduler(), cluster.decisions().orElse(null));
        try (Ending ending = new Ending("end-of-replay", () -> interrupt(run, progress));
                run) {
            RealOutcome outcome = run.execute(jobs, alone::figures, progress::update);
            progress.end();
            Comparison comparison = history.add(summary, outcome.record(), outcome.applications());
            return show(history, comparison, outcome.record(), outcome.applications());
        } finally {
            progress.end();
        }
    }

    /** Each job of the workload once with the cluster to itself, unless an earlier run has done it. */
    private void learn(
            AloneBook book, RunningCluster cluster, RunTerms terms, List<MixedJob> jobs, RunProgress progress)
            throws IOException, InterruptedException {
        for (MixedJob job : jobs) {
            if (!book.knows(job.template())) {
                progress.note("alone: " + job.template().name());
                RealRun run = realRun(cluster, terms, "alone", null);
                try (Ending ending = new Ending("end-of-replay", () -> interrupt(run, progress));
                        run) {
                    book.learn(job.template(), run.alone(job));
                }
            }
        }
    }

    /** @param folder below jobs, for what clients print */
    private RealRun realRun(RunningCluster cluster, RunTerms terms, String folder, @Nullable Path decisions)
            throws IOException {
        Path logs = Files.createDirectories(out.resolve("jobs").resolve(folder));
        return new RealRun(clients(), new YarnApplications(cluster.configuration()), terms, decisions, logs);
    }

    private JobClients clients() throws IOException {
        Installation installation = Installation.ofThisProcess();
        Libraries libraries = new Libraries(installation, this::tell);
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
        tell("interrupted, ending what it started");
        try {
            run.close();
        } catch (Exception e) {
            tell(String.valueOf(e.getMessage()));
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
