/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.demo.YarnRun;
import java.io.PrintStream;

/** The process behind the launcher. */
public final class KairosMain {
    private KairosMain() {}

    /** Ends the process with the command's exit status, whatever threads a cluster may have left. */
    public static void main(String[] arguments) {
        LogFile.silence();
        // The launcher knows what is a terminal; Java tells only of stdin and stdout together, and later versions not
        // even that.
        Console console = new Console(
                new PrintStream(System.out, true),
                new PrintStream(System.err, true),
                Boolean.getBoolean("kairos.stderr.terminal"),
                Boolean.getBoolean("kairos.interactive"));
        System.exit(run(arguments, console));
    }

    private static int run(String[] arguments, Console console) {
        try {
            return KairosCommand.commandLine(YarnRun::new, console).execute(arguments);
        } catch (Error e) {
            // Out of memory, a class that is missing: still one line, still a status.
            console.err().println("kairos: " + e + "; details in " + ErrorLine.writeDetails(e));
            return ErrorLine.FAILED;
        }
    }
}
