/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.workloads.model.Workload;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kairos workload stats}. */
@Command(name = "stats", sortOptions = false, description = "Says what a workload holds.")
final class WorkloadStatsCommand extends ConsoleCommand {
    @Mixin
    private StandaloneWorkload source;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    WorkloadStatsCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        Workload workload = source.load(spec, common.seed());
        WorkloadStats stats = WorkloadStats.of(workload);
        common.writeJson(stats);
        stats.lines().forEach(console.out()::println);
        return 0;
    }
}
