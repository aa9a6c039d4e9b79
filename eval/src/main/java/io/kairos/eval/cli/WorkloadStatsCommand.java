/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.workloads.model.Workload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code kairos workload stats}. */
@Command(
        name = "stats",
        sortOptions = false,
        description = "Says what a workload holds, and what load it offers to a cluster.")
final class WorkloadStatsCommand extends ConsoleCommand {
    private static final int MOST_SLOTS = 1_000_000;

    @Mixin
    private WorkloadOptions workloads;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Nodes of the cluster that the load is offered to, and that a generated workload is for"
                    + " (default: ${DEFAULT-VALUE}).")
    private int nodes = 1;

    @Option(names = "--slots", paramLabel = "N", description = "Slots of each node (default: ${DEFAULT-VALUE}).")
    private int slots = 120;

    @Option(names = "--scale", paramLabel = "FACTOR", description = "Factor on all times (default: 1).")
    private @Nullable Double scale;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    WorkloadStatsCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        int all = clusterSlots();
        Workload workload = workloads.load(spec, all, workloads.scale(spec, scale, 1), common.seed());
        WorkloadStats stats = WorkloadStats.of(workload, all);
        common.writeJson(stats);
        stats.lines().forEach(console.out()::println);
        return 0;
    }

    private int clusterSlots() {
        Checks.range(spec, "--nodes", nodes, 1, MOST_SLOTS);
        long all = (long) nodes * slots;
        if (all < 1 || all > MOST_SLOTS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--nodes " + nodes + " with --slots " + slots + ": slots: " + all + ", expected 1 to "
                            + MOST_SLOTS);
        }
        return (int) all;
    }
}
