/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The workload as the simulator reads it: jobs by their distributions, which the seed draws from. */
final class SynthWorkload {
    private static final String SOURCE = "workload.json";

    /** As many as keep the nodes busy for most of the time in which jobs arrive. */
    private static final double JOBS_A_NODE = 0.4;

    private static final int FEWEST_JOBS = 4;

    private SynthWorkload() {}

    /** Writes it for so many nodes, with jobs in proportion. */
    static void write(Path file, int nodes, long seed) throws IOException {
        try (InputStream source = SynthWorkload.class.getResourceAsStream(SOURCE)) {
            if (source == null) {
                throw new IllegalStateException("no " + SOURCE + " beside " + SynthWorkload.class);
            }
            ObjectNode trace = (ObjectNode) SlsWorker.JSON.readTree(source);
            trace.put("num_nodes", nodes);
            trace.put("num_jobs", Math.max(FEWEST_JOBS, (int) (nodes * JOBS_A_NODE)));
            trace.put("rand_seed", seed);
            SlsWorker.JSON.writeValue(file.toFile(), trace);
        }
    }
}
