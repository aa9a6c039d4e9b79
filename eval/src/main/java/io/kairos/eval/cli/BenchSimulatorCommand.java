/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.bench.SimulatorBenchmark;
import io.kairos.eval.bench.SimulatorResult;
import io.kairos.workloads.format.TraceFormat;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code kairos bench simulator}. */
@Command(
        name = "simulator",
        description = "Events that the simulator processes a second on one thread, and how their cost grows with the"
                + " nodes; a few minutes.")
final class BenchSimulatorCommand extends ConsoleCommand {
    private static final double YAHOO_CUTOFF_SECONDS = 90.5811;

    @Option(
            names = "--trace",
            paramLabel = "FORMAT:PATH",
            description =
                    "Runs this trace on 4,000 slots instead of a generated one like it (yahoo); the other rows stay"
                            + " generated.")
    private @Nullable String trace;

    BenchSimulatorCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        SimulatorResult result = new SimulatorBenchmark(recorded(), common.seed(), console.err()::println).run();
        common.writeJson(result);
        SimulatorBenchmark.lines(result).forEach(console.out()::println);
        return 0;
    }

    private @Nullable Workload recorded() {
        if (trace == null) {
            return null;
        }
        try {
            return TraceFormat.parse(trace).read().fromZero().classifiedBy(YAHOO_CUTOFF_SECONDS);
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
