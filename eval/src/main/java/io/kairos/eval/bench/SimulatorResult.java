/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import java.util.List;

/**
 * What the benchmark of the simulator found.
 *
 * @param heapMb the most memory that all of it could have, mebibytes
 */
public record SimulatorResult(String bench, String machine, long heapMb, List<Row> rows) {
    public SimulatorResult {
        rows = List.copyOf(rows);
    }

    /**
     * One policy on one workload and cluster; the median of the measured runs.
     *
     * @param scheduler the policy
     * @param events that happened in a run
     * @param seconds wall time of a run
     */
    public record Row(
            String scheduler,
            String workload,
            int nodes,
            int tasks,
            long events,
            double seconds,
            double eventsPerSecond) {}
}
