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
    private static final double NANOS_PER_SECOND = 1e9;

    private final Simulation simulation;
    private final NodeScheduler<SimulatedTask> scheduler;
    private final TieBreak tieBreak;
    private final Costs costs;
    private final Tally tally;
    private final Ends ends;
    private int tasks;
    private boolean reportedNothing;
    private long wakeAt = Long.MAX_VALUE;

    /** @param tieBreak what its reports are for */
    KairosNode(
            int number,
            Simulation simulation,
            NodeSettings settings,
            TieBreak tieBreak,
            Costs costs,
            Tally tally,
            Ends ends) {
        super(number);
        this.simulation = simulation;
        this.scheduler = new NodeScheduler<>(settings, TaskOrders.attainedService());
        this.tieBreak = tieBreak;
        this.costs = costs;
        this.tally = tally;
        this.ends = ends;
    }

    @Override
    void arrive(SimulatedTask task) {
        tasks++;
        carryOut(scheduler.arrive(task.request(), simulation.now()));
    }

    @Override
    boolean hasNews() {
        return !(reportedNothing && hasNothingToReport());
    }

    private boolean hasNothingToReport() {
        // One task alone does not vary.
        return tasks < (tieBreak == TieBreak.VARIANCE ? 2 : 1);
    }

    @Override
    ServiceReport report() {
        long now = simulation.now();
        reportedNothing = hasNothingToReport();
        if (tieBreak == TieBreak.VARIANCE) {
            return new ServiceReport(tasks, 0, seconds2(scheduler.varianceNanos2(now)), 0, 0);
        }
        ServiceSummary summary = scheduler.summary(now);
        return new ServiceReport(
                tasks,
                summary.meanNanos() / NANOS_PER_SECOND,
                seconds2(summary.varianceNanos2()),
                summary.leastRunningNanos() / NANOS_PER_SECOND,
                summary.mostRunningNanos() / NANOS_PER_SECOND);
    }

    private static double seconds2(double nanos2) {
        return nanos2 / NANOS_PER_SECOND / NANOS_PER_SECOND;
    }

    private void carryOut(List<Decision<SimulatedTask>> decisions) {
        for (int i = 0; i < decisions.size(); i++) {
            SimulatedTask task = decisions.get(i).task();
            switch (decisions.get(i).action()) {
                case LAUNCH -> launch(task);
                case PAUSE -> {
                    tally.preempted();
                    task.pause(simulation.now(), costs.preemptionNanos());
                }
                case RESUME -> {
                    tally.paused(simulation.now() - task.pausedSince());
                    run(task);
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
                boolean happen() {
                    started(task);
                    return true;
                }
            });
        }
    }

    private void started(SimulatedTask task) {
        run(task);
        carryOut(scheduler.started(task, simulation.now()));
    }

    private void run(SimulatedTask task) {
        simulation.at(task.run(simulation.now()), new End(task));
    }

    /** The next tick comes when the scheduler asks for it; one that is due earlier finds nothing to do and asks again. */
    private void watch() {
        long next = scheduler.nextWakeNanos();
        if (next < wakeAt) {
            wakeAt = next;
            simulation.at(Math.max(next, simulation.now()), new Wake(next));
        }
    }

    private final class End extends Event {
        private final SimulatedTask task;
        private final int run;

        End(SimulatedTask task) {
            this.task = task;
            this.run = task.runs();
        }

        @Override
        boolean happen() {
            if (!task.stillRuns(run)) {
                return false;
            }
            tasks--;
            carryOut(scheduler.finish(task, simulation.now()));
            ends.ended(KairosNode.this, task);
            return true;
        }
    }

    private final class Wake extends Event {
        private final long wanted;

        Wake(long wanted) {
            this.wanted = wanted;
        }

        @Override
        boolean happen() {
            if (wanted != wakeAt) {
                return false; // an earlier one took its place
            }
            wakeAt = Long.MAX_VALUE;
            boolean due = scheduler.nextWakeNanos() <= simulation.now();
            carryOut(due ? scheduler.tick(simulation.now()) : List.of());
            return due;
        }
    }
}
