/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.eval.watch.ClusterPages;
import io.kairos.eval.watch.ClusterStatus;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kairos status}. */
@Command(name = "status", description = "Shows the nodes of a running cluster and what is wrong with them.")
final class StatusCommand extends ConsoleCommand {
    @Mixin
    private ClusterOptions cluster;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    StatusCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        common.check(spec);
        try (ClusterPages pages = cluster.open(spec)) {
            ClusterPages.Central central = pages.central();
            ClusterStatus status = ClusterStatus.of(central, pages.nodes(central));
            common.writeJson(status);
            status.lines().forEach(console.out()::println);
        }
        return 0;
    }
}
