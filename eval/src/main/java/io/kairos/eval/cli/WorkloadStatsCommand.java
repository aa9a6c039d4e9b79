/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kairos workload stats}. */
@Command(name = "stats", sortOptions = false, description = "Says what a workload holds.")
final class WorkloadStatsCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private StandaloneWorkload source;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    WorkloadStatsCommand(Console console) {
        this.console = console;
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
