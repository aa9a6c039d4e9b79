/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.workloads.format.TrWriter;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kairos workload generate}. */
@Command(name = "generate", sortOptions = false, description = "Writes a workload as a .tr trace.")
final class WorkloadGenerateCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private StandaloneWorkload source;

    @Option(names = "--one-stage", description = "Join the stages of a job: a .tr trace holds one a job.")
    private boolean oneStage;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the trace (default: this one).")
    private Path out = Path.of(".");

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    WorkloadGenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        common.check(spec);
        Workload workload = source.load(spec, common.seed());
        if (oneStage) {
            workload = joined(workload);
        }
        Checks.writableFolder(spec, "--out", out);
        Path file = out.resolve(workload.name() + "-" + common.seed() + ".tr").normalize();
        try {
            TrWriter.write(workload, file);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + "; --one-stage joins them", e);
        }
        WorkloadStats stats = WorkloadStats.of(workload);
        common.writeJson(stats);
        console.out().println(file + ": " + stats.jobs() + " jobs, " + stats.tasks() + " tasks");
        return 0;
    }

    private static Workload joined(Workload workload) {
        List<Job> jobs = workload.jobs().stream()
                .map(job -> new Job(
                        job.id(), job.name(), job.submitTime(), job.jobClass(), List.of(Stage.of(job.taskDurations()))))
                .toList();
        return new Workload(workload.name(), workload.seed(), jobs);
    }
}
