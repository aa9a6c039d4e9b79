/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.workloads.format.TraceFormat;
import io.kairos.workloads.generator.GeneratorSettings;
import io.kairos.workloads.generator.WorkloadGenerator;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which jobs: from a generator, or from a trace. */
final class WorkloadOptions {
    private static final String DEFAULT_NAME = "paper";

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "Generated workload (default: " + DEFAULT_NAME + "); 'workload list' names them.")
    private @Nullable String name;

    @Option(
            names = "--trace",
            paramLabel = "FORMAT:PATH",
            description = "Recorded workload instead of a generated one.")
    private @Nullable String trace;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Number of jobs of a generated workload (default: ${DEFAULT-VALUE}).")
    private int jobs = 100;

    @Option(
            names = "--load",
            paramLabel = "SHARE",
            description = "Offered load: all work over the slots' time while jobs arrive (default: ${DEFAULT-VALUE}).")
    private double load = 1;

    /** True if the jobs come from a generator, so that a seed made them. */
    boolean generated() {
        return trace == null;
    }

    /** Reads or draws the jobs; whatever is wrong with what was asked for is wrong use. */
    Workload load(CommandSpec spec, int slots, double timeScale, long seed) {
        try {
            if (trace != null) {
                if (name != null) {
                    throw new IllegalArgumentException("--workload and --trace: expected one of the two");
                }
                return TraceFormat.parse(trace).read();
            }
            WorkloadGenerator generator = WorkloadGenerator.named(name == null ? DEFAULT_NAME : name);
            return generator.generate(new GeneratorSettings(jobs, slots, load, timeScale), seed);
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
