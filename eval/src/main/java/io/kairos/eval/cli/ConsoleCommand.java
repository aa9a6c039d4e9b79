/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does something, takes what every such command takes, and says on the console what came of it. */
abstract class ConsoleCommand implements Callable<Integer> {
    final Console console;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ConsoleCommand(Console console) {
        this.console = console;
    }

    /** A line beside the results, for whoever waits. */
    final void tell(String line) {
        console.err().println(spec.qualifiedName() + ": " + line);
    }
}
