/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kairos workload}: the parent of its commands. */
@Command(
        name = "workload",
        description = "Generates workloads and looks into them.",
        synopsisSubcommandLabel = "COMMAND")
final class WorkloadCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on the option itself
    private boolean help;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    WorkloadCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a command, one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
