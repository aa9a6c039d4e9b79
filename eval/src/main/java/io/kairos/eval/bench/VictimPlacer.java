/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import io.kairos.central.NodeCapacity;
import io.kairos.central.PlacementIndex;
import io.kairos.central.Residents;
import io.kairos.central.ServiceReport;
import io.kairos.central.TieBreak;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The index that ships, of who would give way: it knows whose tasks are where, and how much work each job has left. */
final class VictimPlacer implements ChurnDriver.Placer {
    private static final int JOBS = 1_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final double[] workLeft = random.doubles(JOBS, 0, 10_000).toArray();
    private final PlacementIndex<Integer> index = new PlacementIndex<>(TieBreak.WORK_LEFT, 1);
    private final Residents<Integer, Integer> residents = new Residents<>(index, job -> workLeft[job]);
    private final List<Integer> names = IntStream.range(0, JOBS).boxed().toList();
    /** Of each node's tasks; found without a map of its own, whose cost would be measured beside the index's. */
    private final List<Queue<Integer>> jobs = new ArrayList<>();

    @Override
    public void join(int node, NodeCapacity capacity, int tasks) {
        index.join(node, capacity, tasks);
        jobs.add(new ArrayDeque<>(capacity.bound()));
        for (int task = 0; task < tasks; task++) {
            add(node);
        }
    }

    @Override
    public int place() {
        int node = index.best().orElseThrow();
        index.place(node);
        add(node);
        return node;
    }

    private void add(int node) {
        Integer job = names.get(random.nextInt(JOBS));
        jobs.get(node).add(job);
        residents.placed(node, job);
    }

    @Override
    public void finish(int node) {
        index.finish(node);
        residents.ended(node, jobs.get(node).remove());
    }

    /** What nodes report changes the work left of jobs; all nodes are scored anew by that at intervals, not at each report. */
    @Override
    public void report(int node, ServiceReport report, long nowNanos) {
        workLeft[random.nextInt(JOBS)] = report.mean();
    }
}
