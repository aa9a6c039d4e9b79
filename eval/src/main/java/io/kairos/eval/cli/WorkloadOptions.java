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
    private static final int DEFAULT_JOBS = 100;
    private static final double DEFAULT_LOAD = 1;
    private static final double LEAST_SCALE = 1e-6;
    private static final double MOST_SCALE = 1e4;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "Generated workload (default: " + DEFAULT_NAME + "); 'workload list' names them.")
    private @Nullable String name;

    @Option(
            names = "--trace",
            paramLabel = "FORMAT:PATH",
            description = "Recorded workload instead of a generated one; its first job is submitted at once.")
    private @Nullable String trace;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Number of jobs of a generated workload (default: " + DEFAULT_JOBS + ").")
    private @Nullable Integer jobs;

    @Option(
            names = "--load",
            paramLabel = "SHARE",
            description = "Offered load of a generated workload: all work over the slots' time while jobs arrive"
                    + " (default: " + DEFAULT_LOAD + ").")
    private @Nullable Double load;

    /** True if the jobs come from a generator, so that a seed made them. */
    boolean generated() {
        return trace == null;
    }

    /** Number of jobs of what is no generated workload of its own. */
    int jobs(CommandSpec spec, int usual, int most) {
        for (String option : new String[] {name, trace}) {
            if (option != null) {
                throw new ParameterException(
                        spec.commandLine(), "--mix with --workload or --trace: expected one of them");
            }
        }
        if (load != null) {
            throw new ParameterException(spec.commandLine(), "--load with --mix: expected it with emulated jobs only");
        }
        int count = jobs == null ? usual : jobs;
        Checks.range(spec, "--jobs", count, 1, most);
        return count;
    }

    /** The factor on all times: as given, else 1 for a trace and the other one for a generated workload. */
    double scale(CommandSpec spec, @Nullable Double given, double ofGenerated) {
        double scale = given != null ? given : generated() ? ofGenerated : 1;
        Checks.range(spec, "--scale", scale, LEAST_SCALE, MOST_SCALE);
        return scale;
    }

    /** Reads or draws the jobs; whatever is wrong with what was asked for is wrong use. */
    Workload load(CommandSpec spec, int slots, double scale, long seed) {
        try {
            return trace == null ? generate(slots, scale, seed) : read(spec, trace, scale);
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Workload generate(int slots, double scale, long seed) {
        WorkloadGenerator generator = WorkloadGenerator.named(name == null ? DEFAULT_NAME : name);
        GeneratorSettings settings = new GeneratorSettings(
                jobs == null ? DEFAULT_JOBS : jobs, slots, load == null ? DEFAULT_LOAD : load, scale);
        return generator.generate(settings, seed);
    }

    private Workload read(CommandSpec spec, String source, double scale) throws IOException {
        refuse("--workload", name);
        refuse("--jobs", jobs);
        refuse("--load", load);
        return TraceFormat.parse(source)
                .read(spec.commandLine().getErr()::println)
                .fromZero()
                .scaledBy(scale);
    }

    /** A trace has its own jobs: an option that would change nothing is a misunderstanding. */
    private static void refuse(String option, @Nullable Object value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    option + " and --trace: expected one of the two, as it is for generated workloads only");
        }
    }
}
