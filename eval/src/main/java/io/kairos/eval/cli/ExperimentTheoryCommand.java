/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.experiment.TheoryExperiment;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kairos experiment theory}. */
@Command(
        name = "theory",
        description = "One server with heavy-tailed jobs against the formulas of queueing theory; some minutes.")
final class ExperimentTheoryCommand extends ConsoleCommand {
    @Option(names = "--seeds", paramLabel = "K", description = "Runs of each (default: ${DEFAULT-VALUE}).")
    private int seeds = TheoryExperiment.SEEDS;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Jobs of each run, at least; four times as many for one server at load 0.9, whose mean needs"
                    + " them (default: ${DEFAULT-VALUE}).")
    private int jobs = TheoryExperiment.JOBS;

    ExperimentTheoryCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        Checks.range(spec, "--seeds", seeds, 2, 1_000);
        Checks.range(spec, "--jobs", jobs, 1_000, 10_000_000);
        TheoryExperiment.Result result = new TheoryExperiment(seeds, jobs, common.seed(), console.err()::println).run();
        common.writeJson(result);
        TheoryExperiment.lines(result).forEach(console.out()::println);
        return 0;
    }
}
