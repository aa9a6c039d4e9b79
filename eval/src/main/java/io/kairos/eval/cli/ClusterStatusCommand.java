/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.daemons.DaemonCluster;
import java.io.IOException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kairos cluster status}. */
@Command(
        name = "status",
        description =
                "Shows the daemons of a cluster of this host. Exit status 1 if there is none or one of them has ended.")
final class ClusterStatusCommand extends ConsoleCommand {
    @Mixin
    private ClusterFolderOption cluster;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ClusterStatusCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        DaemonCluster.Status status = cluster.started();
        common.writeJson(status);
        lines(status).forEach(console.out()::println);
        return status.isWhole() ? 0 : ErrorLine.FAILED;
    }

    /** One for each daemon, below a head. */
    static Stream<String> lines(DaemonCluster.Status status) {
        return Stream.concat(
                Stream.of("%-17s %8s  %-6s %s".formatted("daemon", "process", "state", "page")),
                status.daemons().stream().map(daemon -> "%-17s %8d  %-6s %s"
                        .formatted(daemon.name(), daemon.pid(), daemon.runs() ? "runs" : "ended", daemon.webAddress())
                        .stripTrailing()));
    }
}
