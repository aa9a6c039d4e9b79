/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The plain way, as a peer: every node is sorted anew for each task. */
final class SortingPlacer implements ChurnDriver.Placer {
    /** What is known of a node. */
    private static final class Node {
        private final int id;
        private final NodeCapacity capacity;
        private int tasks;
        private double variance;

        Node(int id, NodeCapacity capacity) {
            this.id = id;
            this.capacity = capacity;
        }
    }

    private static final Comparator<Node> ORDER = Comparator.<Node>comparingInt(node -> node.tasks)
            .thenComparingDouble(node -> node.variance)
            .thenComparingInt(node -> node.id);

    private final List<Node> nodes = new ArrayList<>();

    @Override
    public void join(int node, NodeCapacity capacity) {
        nodes.add(new Node(node, capacity));
    }

    @Override
    public int place() {
        Node best = nodes.stream()
                .filter(node -> node.tasks < node.capacity.bound())
                .sorted(ORDER)
                .findFirst()
                .orElseThrow();
        best.tasks++;
        return best.id;
    }

    @Override
    public void finish(int node) {
        nodes.get(node).tasks--;
    }

    @Override
    public void report(int node, ServiceReport report, long nowNanos) {
        nodes.get(node).variance = report.variance();
    }
}
