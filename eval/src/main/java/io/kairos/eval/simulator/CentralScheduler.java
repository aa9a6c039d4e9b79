/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.NodeCapacity;
import io.kairos.central.PlacementIndex;
import io.kairos.central.TieBreak;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One queue for the whole cluster, first come, first served by job, and the central tier of Kairos to choose the node: fewest tasks
 * for each slot, then the tie-break, at most N + Q tasks a node. What nodes do with their tasks is theirs.
 *
 * <p>A placement takes one message to its node and the end of a task one back; counts change when the message is sent, as in a
 * ResourceManager. What nodes report: {@link LoadReports}.
 */
final class CentralScheduler implements Scheduler {
    private final Simulation simulation;
    private final Costs costs;
    private final Tally tally;
    private final PlacementIndex<CentralNode> index;
    private final List<CentralNode> nodes = new ArrayList<>();
    private final Queue<SimulatedJob> queue = new PriorityQueue<>(Comparator.comparingLong(SimulatedJob::submitNanos)
            .thenComparing(job -> job.job().id()));
    private final LoadReports reports;
    private int tasks;

    /**
     * @param reportNanos between two reports of a node; 0 if what is reported is never old
     * @param makeNode makes the node of that number
     */
    CentralScheduler(
            Simulation simulation,
            int nodeCount,
            NodeCapacity capacity,
            TieBreak tieBreak,
            long seed,
            long reportNanos,
            Costs costs,
            Tally tally,
            BiFunction<Integer, CentralNode.Ends, CentralNode> makeNode) {
        this.simulation = simulation;
        this.costs = costs;
        this.tally = tally;
        this.index = new PlacementIndex<>(tieBreak, seed);
        for (int number = 0; number < nodeCount; number++) {
            CentralNode node = makeNode.apply(number, this::taskEnded);
            nodes.add(node);
            index.join(node, capacity, 0);
        }
        this.reports = new LoadReports(simulation, index, nodes, capacity.bound(), tieBreak, reportNanos);
    }

    @Override
    public void submit(SimulatedJob job) {
        queue.add(job);
        place();
    }

    private void place() {
        for (SimulatedJob job = queue.peek(); job != null; job = queue.peek()) {
            CentralNode node = best();
            if (node == null) {
                return;
            }
            index.place(node);
            node.count(1);
            tally.placed();
            send(new SimulatedTask(job, job.nextTask(), tasks++), node);
            if (job.waiting() == 0) {
                queue.remove();
            }
        }
    }

    private @Nullable CentralNode best() {
        Optional<CentralNode> best = index.best();
        best.ifPresent(node -> reports.take(node.counted()));
        return index.best().orElse(null);
    }

    private void send(SimulatedTask task, CentralNode node) {
        if (costs.networkNanos() == 0) {
            node.arrive(task);
        } else {
            simulation.at(simulation.now() + costs.networkNanos(), new Event() {
                @Override
                boolean happen() {
                    node.arrive(task);
                    return true;
                }
            });
        }
    }

    private void taskEnded(CentralNode node, SimulatedTask task) {
        if (costs.networkNanos() == 0) {
            hear(node, task, simulation.now());
        } else {
            long endedAt = simulation.now();
            simulation.at(endedAt + costs.networkNanos(), new Event() {
                @Override
                boolean happen() {
                    hear(node, task, endedAt);
                    return true;
                }
            });
        }
    }

    private void hear(CentralNode node, SimulatedTask task, long endedAt) {
        index.finish(node);
        node.count(-1);
        task.job().taskEnded(endedAt);
        place();
    }
}
