/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.experiment.ExperimentPage;
import io.kairos.eval.experiment.ExperimentResult;
import io.kairos.eval.experiment.ExperimentResults;
import io.kairos.eval.experiment.ExperimentRunner;
import io.kairos.eval.experiment.ExperimentTable;
import io.kairos.eval.experiment.Scenario;
import io.kairos.eval.experiment.ScenarioException;
import io.kairos.eval.experiment.Scenarios;
import io.kairos.eval.experiment.SourceCommit;
import io.kairos.eval.experiment.TheoryExperiment;
import io.kairos.eval.files.ResultsFile;
import io.kairos.eval.report.Lines;
import io.kairos.workloads.format.TraceException;
import io.kairos.workloads.format.TraceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code kairos experiment}: scenarios as tables with intervals, as JSON and as a page. */
@Command(
        name = "experiment",
        sortOptions = false,
        description = "Runs policies on the same jobs in virtual time, with several seeds, and shows means with"
                + " intervals beside what was published.",
        synopsisSubcommandLabel = "[theory | speed]")
final class ExperimentCommand extends ConsoleCommand {
    private static final String ALL = "all";
    private static final String LIST = "list";
    private static final String THEORY = "theory";

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "What to run: a name that 'list' shows, 'all', or the file of a scenario"
                    + " (docs/experiments.md).")
    private List<String> names = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "K",
            description = "Runs of each policy, with seeds from --seed on (default: as the scenario says).")
    private @Nullable Integer seeds;

    @Option(names = "--out", paramLabel = "DIR", description = "Write results.json and report.html to this folder.")
    private @Nullable Path out;

    @Option(
            names = "--trace",
            paramLabel = "FORMAT:PATH",
            description = "Recorded jobs in the place of the scenario's own.")
    private @Nullable String trace;

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes in the place of the scenario's own.")
    private @Nullable Integer nodes;

    private final List<ExperimentResult> results = new ArrayList<>();
    private TheoryExperiment.@Nullable Result theory;
    private final Map<String, String> failures = new LinkedHashMap<>();

    /** What may fail without the others. */
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ExperimentCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (names.equals(List.of(LIST))) {
            list();
            return 0;
        }
        boolean all = names.equals(List.of(ALL));
        List<String> chosen = all ? Scenarios.SHIPPED : names;
        check(chosen);
        if (chosen.size() == 1) {
            run(chosen.get(0));
        } else {
            for (String name : chosen) {
                runOrTell(name, () -> run(name));
            }
            if (all) {
                runOrTell(THEORY, this::theory);
            }
            write();
        }
        return failures.isEmpty() ? 0 : ErrorLine.FAILED;
    }

    private void list() throws IOException {
        for (String name : Scenarios.SHIPPED) {
            addToList(name, Scenarios.shipped(name).title());
        }
        addToList(THEORY, "The simulator against the formulas of queueing theory");
        addToList("speed", "Events that the simulator processes a second ('bench simulator')");
    }

    private void addToList(String name, String title) {
        console.out().println(Lines.clip(String.format("%-14s%s", name, title), Lines.WIDTH));
    }

    private void check(List<String> chosen) throws IOException {
        common.check(spec);
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "expected an experiment, one of " + known() + ", or the file of a scenario");
        }
        if (new HashSet<>(chosen).size() < chosen.size()) {
            throw new ParameterException(spec.commandLine(), "expected each experiment once");
        }
        for (String name : chosen) {
            if (!Scenarios.SHIPPED.contains(name) && !Files.isRegularFile(Path.of(name))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "unknown experiment '" + name + "', expected one of " + known()
                                + ", or the file of a scenario");
            }
        }
        if (seeds != null) {
            Checks.range(spec, "--seeds", seeds, 1, 1_000);
        }
        if (nodes != null) {
            Checks.range(spec, "--nodes", nodes, 1, 1_000_000);
        }
        if (chosen.size() > 1 && (trace != null || nodes != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--trace and --nodes: expected with one experiment, not with several");
        }
        if (out != null) {
            Checks.writableFolder(spec, "--out", out);
            // So that nothing of an earlier run is taken for one of this.
            Files.deleteIfExists(page(out));
            Files.deleteIfExists(out.resolve(ResultsFile.NAME));
        }
    }

    private static String known() {
        return String.join(", ", Scenarios.SHIPPED) + ", " + THEORY + ", speed, " + ALL + ", " + LIST;
    }

    /** One of several: the others are worth having without it. */
    private void runOrTell(String name, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            fail(name, ErrorLine.describe(e));
        } catch (ParameterException e) {
            fail(name, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            fail(name, "unexpected: " + e + "; details in " + ErrorLine.writeDetails(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(name, "interrupted");
        }
    }

    private void fail(String name, String why) {
        failures.put(name, why);
        console.err().println(spec.qualifiedName() + ": " + name + ": " + why);
    }

    private void run(String name) throws IOException, InterruptedException {
        Scenario scenario = scenario(name);
        int runs = seeds == null ? scenario.seeds() : seeds;
        ExperimentRunner runner =
                new ExperimentRunner(Runtime.getRuntime().availableProcessors(), console.err()::println);
        try {
            results.add(runner.run(scenario, runs, common.seed()));
        } catch (TraceException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (results.size() > 1) {
            console.out().println();
        }
        ExperimentTable.lines(results.get(results.size() - 1)).forEach(console.out()::println);
        write();
    }

    private Scenario scenario(String name) throws IOException {
        try {
            Scenario scenario =
                    Scenarios.SHIPPED.contains(name) ? Scenarios.shipped(name) : Scenarios.read(Path.of(name));
            if (trace != null) {
                scenario = scenario.replacedBy(TraceFormat.parse(trace));
            }
            return nodes == null ? scenario : scenario.onNodes(nodes);
        } catch (ScenarioException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** After each experiment, so that what was computed is not lost if a later one is interrupted. */
    private void write() throws IOException {
        String home = System.getProperty("kairos.home");
        String commit = home == null ? null : SourceCommit.of(Path.of(home)).orElse(null);
        ExperimentResults all = ExperimentResults.of(commit, results, theory, failures);
        common.writeJson(all);
        Path folder = out;
        if (folder != null) {
            Files.writeString(page(folder), ExperimentPage.render(all));
            // Last: whoever waits for it finds the page complete.
            ResultsFile.writeJson(all, folder.resolve(ResultsFile.NAME));
        }
    }

    private static Path page(Path folder) {
        return folder.resolve("report.html");
    }

    /** It takes no seeds from {@code --seeds}: its intervals need those that it has. */
    private void theory() {
        TheoryExperiment.Result result = new TheoryExperiment(
                        TheoryExperiment.SEEDS, TheoryExperiment.JOBS, common.seed(), console.err()::println)
                .run();
        console.out().println();
        TheoryExperiment.lines(result).forEach(console.out()::println);
        theory = result;
    }
}
