/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.central.NodeCapacity;
import io.kairos.central.PlacementIndex;
import io.kairos.central.ServiceReport;
import io.kairos.central.TieBreak;

/** The index that ships. */
final class IndexPlacer implements ChurnDriver.Placer {
    private final PlacementIndex<Integer> index = new PlacementIndex<>(TieBreak.VARIANCE, 1);

    @Override
    public void join(int node, NodeCapacity capacity) {
        index.join(node, capacity, 0);
    }

    @Override
    public int place() {
        int node = index.best().orElseThrow();
        index.place(node);
        return node;
    }

    @Override
    public void finish(int node) {
        index.finish(node);
    }

    @Override
    public void report(int node, ServiceReport report, long nowNanos) {
        index.report(node, report, nowNanos);
    }
}
