/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import picocli.CommandLine.Option;

/** Every command has it. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on the option itself
    private boolean help;
}
