/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kairos cluster start}. */
@Command(name = "start", description = "Starts one daemon of a cluster of this host again, as it was before.")
final class ClusterStartCommand extends DaemonsCommand {
    @Parameters(paramLabel = "DAEMON", description = "Its name, as 'kairos cluster status' shows it.")
    private String daemon;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ClusterStartCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        return alone(daemons -> {
            daemons.start(daemon);
            common.writeJson(daemons.status().orElseThrow());
            console.out().println(daemon + " is started");
            return 0;
        });
    }
}
