/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import io.kairos.workloads.model.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A workload asked for without a cluster to run it on: the cluster it is meant for is an option too. */
final class StandaloneWorkload {
    @Mixin
    private WorkloadOptions options;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Slots of the cluster a generated workload is for (default: ${DEFAULT-VALUE}).")
    private int slots = 120;

    @Option(names = "--scale", paramLabel = "FACTOR", description = "Factor on all times (default: 1).")
    private @Nullable Double scale;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    StandaloneWorkload() {}

    /** See {@link WorkloadOptions#load}. */
    Workload load(CommandSpec spec, long seed) {
        return options.load(spec, slots, options.scale(spec, scale, 1), seed);
    }
}
