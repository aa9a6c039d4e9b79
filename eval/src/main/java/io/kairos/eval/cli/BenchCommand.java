/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import picocli.CommandLine.Command;

/** {@code kairos bench}: the parent of the benchmarks. */
@Command(
        name = "bench",
        description = "Measures what decisions cost, and how that grows.",
        synopsisSubcommandLabel = "NAME")
final class BenchCommand extends CommandGroup {
    BenchCommand() {}
}
