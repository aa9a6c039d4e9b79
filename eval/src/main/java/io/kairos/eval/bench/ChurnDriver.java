/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import java.util.SplittableRandom;

/**
 * A cluster in steady state, half full: for each task placed another one ends somewhere and its node reports. The same for
 * every subject, so that only how a node is chosen differs.
 */
final class ChurnDriver {
    private static final NodeCapacity CAPACITY = new NodeCapacity(4, 4);
    private static final int TASKS_PER_NODE = 4;

    /** What is measured. */
    interface Placer {
        void join(int node, NodeCapacity capacity);

        /** Chooses the best node and counts a task on it; returns the node. */
        int place();

        void finish(int node);

        void report(int node, ServiceReport report, long nowNanos);
    }

    private final Placer placer;
    private final SplittableRandom random;
    private final int[] nodeOfTask;
    private long now;

    ChurnDriver(Placer placer, int nodes, long seed) {
        this.placer = placer;
        this.random = new SplittableRandom(seed);
        this.nodeOfTask = new int[nodes * TASKS_PER_NODE];
        for (int node = 0; node < nodes; node++) {
            placer.join(node, CAPACITY);
            report(node);
        }
        for (int task = 0; task < nodeOfTask.length; task++) {
            nodeOfTask[task] = placer.place();
        }
    }

    /** One placement with the end and the report that go with it; returns the node chosen. */
    int cycle() {
        int task = random.nextInt(nodeOfTask.length);
        int node = nodeOfTask[task];
        placer.finish(node);
        report(node);
        nodeOfTask[task] = placer.place();
        return nodeOfTask[task];
    }

    private void report(int node) {
        now += 1_000_000;
        double mean = random.nextDouble(100);
        placer.report(node, new ServiceReport(TASKS_PER_NODE, mean, random.nextDouble(1000), 0, mean), now);
    }
}
