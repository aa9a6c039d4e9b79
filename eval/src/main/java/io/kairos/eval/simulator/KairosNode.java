/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.ServiceReport;
import io.kairos.central.TieBreak;
import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.ServiceSummary;
import io.kairos.node.TaskOrders;
import java.util.List;

/** A node with the node tier of Kairos: the very class that runs in a NodeManager decides, this one carries out. */
final class KairosNode extends CentralNode {
    private final Simulation simulation;
    private final Costs costs;
    private final Tally tally;
    private final NodeScheduler<SimulatedTask> scheduler;
    private final TieBreak tieBreak;
    private final Ends ends;
    private int tasks;
    private final Wake wake = new Wake();
    private long wakesAt;

    /** @param tieBreak what its reports are for */
    KairosNode(int number, Run run, NodeSettings settings, TieBreak tieBreak, Ends ends) {
        super(number);
        this.simulation = run.simulation();
        this.costs = run.costs();
        this.tally = run.tally();
        this.scheduler = new NodeScheduler<>(settings, TaskOrders.attainedService());
        this.tieBreak = tieBreak;
        this.ends = ends;
    }

    @Override
    void arrive(SimulatedTask task) {
        tasks++;
        carryOut(scheduler.arrive(task.request(), simulation.now()));
    }

    @Override
    ServiceReport report() {
        long now = simulation.now();
        if (tieBreak == TieBreak.VARIANCE) {
            return new ServiceReport(tasks, 0, seconds2(scheduler.varianceNanos2(now)), 0, 0);
        }
        ServiceSummary summary = scheduler.summary(now);
        return new ServiceReport(
                tasks,
                Nanos.seconds(summary.meanNanos()),
                seconds2(summary.varianceNanos2()),
                Nanos.seconds(summary.leastRunningNanos()),
                Nanos.seconds(summary.mostRunningNanos()));
    }

    private static double seconds2(double nanos2) {
        return Nanos.seconds(Nanos.seconds(nanos2));
    }

    private void carryOut(List<Decision<SimulatedTask>> decisions) {
        for (int i = 0; i < decisions.size(); i++) {
            SimulatedTask task = decisions.get(i).task();
            switch (decisions.get(i).action()) {
                case LAUNCH -> launch(task);
                case PAUSE -> {
                    tally.preempted();
                    simulation.cancel(task);
                    task.pause(simulation.now(), costs.preemptionNanos());
                }
                case RESUME -> {
                    tally.paused(simulation.now() - task.pausedSince());
                    simulation.at(task.run(simulation.now()), task);
                }
                case HOLD, GUARANTEE -> {
                    // Nothing to carry out.
                }
                case PULSE_START, PULSE_END -> throw new IllegalStateException("a pulse, though they are switched off");
            }
        }
        watch();
    }

    private void launch(SimulatedTask task) {
        if (costs.startNanos() == 0) {
            started(task);
        } else {
            simulation.at(simulation.now() + costs.startNanos(), new Event() {
                @Override
                void happen() {
                    started(task);
                }
            });
        }
    }

    private void started(SimulatedTask task) {
        simulation.at(task.run(simulation.now()), task);
        carryOut(scheduler.started(task, simulation.now()));
    }

    @Override
    void ended(SimulatedTask task) {
        tasks--;
        carryOut(scheduler.finish(task, simulation.now()));
        ends.ended(task);
    }

    /** The next tick comes when the scheduler asks for it. */
    private void watch() {
        long next = scheduler.nextWakeNanos();
        if (next == Long.MAX_VALUE) {
            simulation.cancel(wake);
        } else if (!wake.isScheduled() || wakesAt != next) {
            wakesAt = next;
            simulation.at(Math.max(next, simulation.now()), wake);
        }
    }

    private final class Wake extends Event {
        @Override
        void happen() {
            carryOut(scheduler.tick(simulation.now()));
        }
    }
}
