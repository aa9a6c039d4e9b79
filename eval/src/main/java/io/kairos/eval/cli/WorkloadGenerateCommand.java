/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.workloads.format.TrWriter;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kairos workload generate}. */
@Command(
        name = "generate",
        sortOptions = false,
        description = "Writes a workload as a .tr trace, the stages of each job joined.")
final class WorkloadGenerateCommand extends ConsoleCommand {
    @Mixin
    private StandaloneWorkload source;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the trace (default: this one).")
    private Path out = Path.of(".");

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    WorkloadGenerateCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        Workload workload = source.load(spec, common.seed());
        Checks.writableFolder(spec, "--out", out);
        Path file = out.resolve(workload.name() + "-" + common.seed() + ".tr").normalize();
        TrWriter.write(workload, file);
        WorkloadStats stats = WorkloadStats.of(workload);
        common.writeJson(stats);
        console.out().println(file + ": " + stats.jobs() + " jobs, " + stats.tasks() + " tasks" + joined(workload));
        return 0;
    }

    private static String joined(Workload workload) {
        boolean several = workload.jobs().stream().anyMatch(job -> job.stages().size() > 1);
        return several ? "; the stages of a job are joined, as a .tr trace holds one a job" : "";
    }
}
