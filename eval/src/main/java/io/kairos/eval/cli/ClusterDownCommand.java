/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.daemons.DaemonCluster;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code kairos cluster down}. */
@Command(
        name = "down",
        description =
                "Ends a cluster of this host, its daemons and all that their containers left. Its files stay until the"
                        + " next 'kairos cluster up' there.")
final class ClusterDownCommand extends DaemonsCommand {
    ClusterDownCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        return alone(this::down);
    }

    private int down(DaemonCluster daemons) throws IOException, InterruptedException {
        boolean ended = daemons.down();
        common.writeJson(new Ended(ended));
        console.out()
                .println(
                        ended
                                ? "the cluster has ended"
                                : "no cluster runs in " + cluster.folder().path());
        return 0;
    }

    private record Ended(boolean ended) {}
}
