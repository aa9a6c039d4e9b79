/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kairos cluster stop}. */
@Command(name = "stop", description = "Ends one daemon of a cluster of this host and waits until it has ended.")
final class ClusterStopCommand extends DaemonsCommand {
    @Parameters(paramLabel = "DAEMON", description = "Its name, as 'kairos cluster status' shows it.")
    private String daemon;

    @Option(names = "--crash", description = "As if it had crashed: at once, by SIGKILL.")
    private boolean crash;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ClusterStopCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        return alone(daemons -> {
            daemons.stop(daemon, crash);
            common.writeJson(daemons.status().orElseThrow());
            console.out().println(daemon + " has ended");
            return 0;
        });
    }
}
