/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import picocli.CommandLine.Command;

/** {@code kairos run}: the parent of its commands. */
@Command(
        name = "run",
        description = "Runs real jobs on a cluster of this host, with their own clients.",
        synopsisSubcommandLabel = "COMMAND")
final class RunCommand extends CommandGroup {
    RunCommand() {}
}
