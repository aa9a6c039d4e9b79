/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import picocli.CommandLine.Command;

/** {@code kairos workload}: the parent of its commands. */
@Command(
        name = "workload",
        description = "Generates workloads, looks into them and converts traces.",
        synopsisSubcommandLabel = "COMMAND")
final class WorkloadCommand extends CommandGroup {
    WorkloadCommand() {}
}
