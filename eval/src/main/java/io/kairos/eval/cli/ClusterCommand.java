/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import picocli.CommandLine.Command;

/** {@code kairos cluster}: the parent of its commands. */
@Command(
        name = "cluster",
        description = "Hadoop's own daemons on this host, for trying real jobs.",
        synopsisSubcommandLabel = "COMMAND")
final class ClusterCommand extends CommandGroup {
    ClusterCommand() {}
}
