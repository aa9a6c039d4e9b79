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
    private final LoadReports reports;
    private final Queue<SimulatedJob> queue = new PriorityQueue<>(Comparator.comparingLong(SimulatedJob::submitNanos)
            .thenComparing(job -> job.job().id()));
    private int tasks;

    /** Makes the node of a number, which tells of the ends of its tasks. */
    interface NodeMaker {
        CentralNode make(int number, CentralNode.Ends ends);
    }

    CentralScheduler(Run run, NodeCapacity capacity, TieBreak tieBreak, NodeMaker maker) {
        this.simulation = run.simulation();
        this.costs = run.costs();
        this.tally = run.tally();
        this.index = new PlacementIndex<>(tieBreak, run.seed());
        List<CentralNode> nodes = new ArrayList<>();
        for (int number = 0; number < run.settings().nodes(); number++) {
            CentralNode node = maker.make(number, this::taskEnded);
            nodes.add(node);
            index.join(node, capacity, 0);
        }
        this.reports = new LoadReports(run, index, nodes, capacity.bound(), tieBreak);
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
            reports.count(node, 1);
            tally.placed();
            send(new SimulatedTask(job, node, job.nextTask(), tasks++));
            if (job.waiting() == 0) {
                queue.remove();
            }
        }
    }

    private @Nullable CentralNode best() {
        Optional<CentralNode> best = index.best();
        best.ifPresent(reports::takeThoseLike);
        return index.best().orElse(null);
    }

    private void send(SimulatedTask task) {
        if (costs.networkNanos() == 0) {
            task.node().arrive(task);
        } else {
            simulation.at(simulation.now() + costs.networkNanos(), new Event() {
                @Override
                void happen() {
                    task.node().arrive(task);
                }
            });
        }
    }

    private void taskEnded(SimulatedTask task) {
        long endedAt = simulation.now();
        if (costs.networkNanos() == 0) {
            hear(task, endedAt);
        } else {
            simulation.at(endedAt + costs.networkNanos(), new Event() {
                @Override
                void happen() {
                    hear(task, endedAt);
                }
            });
        }
    }

    private void hear(SimulatedTask task, long endedAt) {
        index.finish(task.node());
        reports.count(task.node(), -1);
        task.job().taskEnded(endedAt);
        place();
    }
}
