/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.workloads.format.TraceSource;
import io.kairos.workloads.generator.GeneratorSettings;
import io.kairos.workloads.generator.WorkloadGenerator;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the jobs of an experiment come from.
 *
 * @param cutoffSeconds a job whose mean task is longer is long; null: as the origin says
 * @param label what people call it
 */
record WorkloadSource(Origin origin, @Nullable Double cutoffSeconds, String label) {
    /** A generator or a trace. */
    sealed interface Origin permits Generated, Recorded {}

    /** Drawn anew for each seed. */
    record Generated(WorkloadGenerator generator, GeneratorSettings settings) implements Origin {}

    /** The same for each seed. */
    record Recorded(TraceSource trace) implements Origin {}

    /** True if a seed makes the jobs. */
    boolean isGenerated() {
        return origin instanceof Generated;
    }

    /**
     * The jobs, classified.
     *
     * @param eagleCompat whether durations are compared in whole seconds, as Eagle's simulator does
     */
    Workload jobs(long seed, boolean eagleCompat) throws IOException {
        Workload jobs = origin instanceof Generated drawn
                ? drawn.generator().generate(drawn.settings(), seed)
                : ((Recorded) origin).trace().read().fromZero();
        Double limit = cutoffSeconds;
        if (limit == null) {
            return jobs;
        }
        // Whole seconds above the cutoff begin at the next whole second.
        return jobs.classifiedBy(eagleCompat ? Math.nextDown(Math.floor(limit) + 1) : limit);
    }

    /** @throws IllegalArgumentException for a trace, which has the load that it has */
    WorkloadSource withLoad(double load) {
        if (origin instanceof Generated drawn) {
            return new WorkloadSource(
                    new Generated(drawn.generator(), drawn.settings().withLoad(load)), cutoffSeconds, label);
        }
        throw new IllegalArgumentException("load: expected a generated workload, not a trace");
    }

    /** These jobs instead; the cutoff stays. */
    WorkloadSource replacedBy(TraceSource trace) {
        return new WorkloadSource(new Recorded(trace), cutoffSeconds, label(trace));
    }

    static String label(TraceSource trace) {
        return String.valueOf(trace.path().getFileName());
    }

    /** In a few words: what it is and what it was made for. */
    String describe() {
        if (origin instanceof Generated drawn) {
            GeneratorSettings made = drawn.settings();
            return String.format(
                    Locale.ROOT,
                    "%s (generator %s, load %s of %,d slots)",
                    label,
                    drawn.generator().label(),
                    made.load(),
                    made.slots());
        }
        return label + " (trace)";
    }
}
