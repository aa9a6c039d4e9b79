/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.workloads.format.TraceSource;
import io.kairos.workloads.generator.GeneratorSettings;
import io.kairos.workloads.generator.WorkloadGenerator;
import io.kairos.workloads.model.Seconds;
import org.jspecify.annotations.Nullable;

/**
 * The workload as a scenario's file has it.
 *
 * @param slots of the cluster the jobs are made for; those of the scenario's cluster if absent
 * @param cutoff in seconds
 */
record WorkloadFile(
        @Nullable WorkloadGenerator generator,
        @Nullable Integer jobs,
        @Nullable Double load,
        @Nullable Integer slots,
        @Nullable TraceSource trace,
        @Nullable Double cutoff,
        @Nullable String label) {
    private static final int USUAL_JOBS = 100;

    /** @throws IllegalArgumentException if it contradicts itself; its one line begins with the key */
    WorkloadSource source(SimulatedCluster cluster) {
        try {
            if (cutoff != null) {
                Seconds.duration("cutoff", cutoff);
            }
            return trace != null ? recorded(trace) : generated(cluster);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("workload: " + e.getMessage(), e);
        }
    }

    private WorkloadSource recorded(TraceSource from) {
        if (generator != null || jobs != null || load != null || slots != null) {
            throw new IllegalArgumentException("expected either a trace, or a generator with jobs, load and slots");
        }
        return new WorkloadSource(
                new WorkloadSource.Recorded(from), cutoff, label == null ? WorkloadSource.label(from) : label);
    }

    private WorkloadSource generated(SimulatedCluster cluster) {
        if (generator == null) {
            throw new IllegalArgumentException("expected a generator or a trace");
        }
        GeneratorSettings settings = new GeneratorSettings(
                jobs == null ? USUAL_JOBS : jobs,
                slots == null ? cluster.slots() : slots,
                load == null ? Setting.LOAD.usual() : load,
                1);
        return new WorkloadSource(
                new WorkloadSource.Generated(generator, settings), cutoff, label == null ? generator.label() : label);
    }
}
