/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import picocli.CommandLine.Command;

/** {@code kairos experiment}: the parent of the experiments. */
@Command(
        name = "experiment",
        description = "Runs the simulator where the result is known.",
        synopsisSubcommandLabel = "NAME")
final class ExperimentCommand extends CommandGroup {
    ExperimentCommand() {}
}
