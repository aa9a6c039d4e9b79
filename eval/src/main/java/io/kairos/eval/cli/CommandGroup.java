/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing without one of its own commands. */
abstract class CommandGroup implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private HelpOption help;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    CommandGroup() {}

    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a command, one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
