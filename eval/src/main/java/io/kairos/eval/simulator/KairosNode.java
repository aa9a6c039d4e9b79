/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.ServiceReport;
import io.kairos.central.TieBreak;
import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.ServiceSummary;
import io.kairos.node.TaskOrder;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskTerms;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A node with the node tier of Kairos: the very class that runs in a NodeManager decides, this one carries out. */
final class KairosNode extends SimulatedNode {
    private final Run run;
    private final Simulation simulation;
    private final Costs costs;
    private final NodeSettings settings;
    private final TaskTerms terms;
    private final TieBreak tieBreak;
    private final TaskOrder order;
    private final boolean kills;
    /** Tasks that the decisions under way pause, where they are killed instead. */
    private final Deque<SimulatedTask> killed = new ArrayDeque<>(1);

    private final Wake wake = new Wake();
    private NodeScheduler<SimulatedTask> scheduler;
    private int tasks;
    private long wakesAt;

    /**
     * @param terms of all its tasks
     * @param tieBreak what its reports are for
     * @param order of its tasks
     * @param kills whether tasks that are to be paused are killed instead
     */
    KairosNode(
            int number,
            NodeGroup shape,
            Run run,
            NodeSettings settings,
            TaskTerms terms,
            TieBreak tieBreak,
            TaskOrder order,
            boolean kills) {
        super(number, shape, run);
        this.run = run;
        this.simulation = run.simulation();
        this.costs = run.costs();
        this.settings = settings;
        this.terms = terms;
        this.tieBreak = tieBreak;
        this.order = order;
        this.kills = kills;
        this.scheduler = new NodeScheduler<>(settings, order);
    }

    @Override
    void take(SimulatedTask task) {
        tasks++;
        carryOut(scheduler.arrive(new TaskRequest<>(task, task.job().application(), 1, 0, terms), simulation.now()));
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
            Decision<SimulatedTask> decision = decisions.get(i);
            SimulatedTask task = decision.task();
            run.journal().decided(this, decision);
            switch (decision.action()) {
                case LAUNCH -> launch(task);
                case PAUSE -> pause(task);
                case RESUME -> {
                    run.tally().paused(simulation.now() - task.pausedSince());
                    simulation.at(task.run(simulation.now()), task);
                }
                case HOLD, GUARANTEE -> {
                    // Nothing to carry out.
                }
                case PULSE_START, PULSE_END -> throw new IllegalStateException("a pulse, though they are switched off");
            }
        }
        watch();
        while (!killed.isEmpty()) {
            SimulatedTask task = killed.remove();
            kill(task);
            release(task);
        }
    }

    private void pause(SimulatedTask task) {
        run.tally().preempted();
        simulation.cancel(task);
        if (kills) {
            killed.add(task);
        } else {
            task.pause(simulation.now(), costs.preemptionNanos());
        }
    }

    private void launch(SimulatedTask task) {
        if (costs.startNanos() == 0) {
            started(task);
        } else {
            simulation.at(simulation.now() + costs.startNanos(), new Event() {
                @Override
                void happen() {
                    if (!task.isLost()) {
                        started(task);
                    }
                }
            });
        }
    }

    private void started(SimulatedTask task) {
        simulation.at(task.run(simulation.now()), task);
        carryOut(scheduler.started(task, simulation.now()));
    }

    @Override
    void release(SimulatedTask task) {
        tasks--;
        carryOut(scheduler.finish(task, simulation.now()));
    }

    @Override
    void forget() {
        tasks = 0;
        simulation.cancel(wake);
        scheduler = new NodeScheduler<>(settings, order);
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
