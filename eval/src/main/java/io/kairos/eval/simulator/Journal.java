/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import com.google.common.base.Strings;
import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.node.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens to tasks in a run, in the order in which it does; for who asked for it. Not thread-safe. */
final class Journal {
    private final Simulation simulation;
    private final boolean isKept;
    private final int digits;
    private final List<EventRecord> events = new ArrayList<>();

    /**
     * @param nodes how many there are at most
     * @param isKept whether it is written at all
     */
    Journal(Simulation simulation, int nodes, boolean isKept) {
        this.simulation = simulation;
        this.digits = String.valueOf(nodes).length();
        this.isKept = isKept;
    }

    /** As far as it is kept. */
    List<EventRecord> events() {
        return events;
    }

    void placed(SimulatedNode node, SimulatedTask task) {
        write(node, EventKind.PLACE, task);
    }

    /** The task begins to run. */
    void launched(SimulatedNode node, SimulatedTask task) {
        write(node, EventKind.LAUNCH, task);
    }

    /** The task waits on its node for its first run. */
    void held(SimulatedNode node, SimulatedTask task) {
        write(node, EventKind.HOLD, task);
    }

    void paused(SimulatedNode node, SimulatedTask task) {
        write(node, EventKind.PAUSE, task);
    }

    void resumed(SimulatedNode node, SimulatedTask task) {
        write(node, EventKind.RESUME, task);
    }

    void finished(SimulatedNode node, SimulatedTask task) {
        write(node, EventKind.FINISH, task);
    }

    void killed(SimulatedNode node, SimulatedTask task) {
        write(node, EventKind.KILL, task);
    }

    /** The node's scheduler decided that. */
    void decided(SimulatedNode node, Decision<SimulatedTask> decision) {
        if (isKept) {
            SimulatedTask counterpart = decision.counterpart();
            events.add(new EventRecord(
                    Nanos.seconds(simulation.now()),
                    name(node),
                    EventKind.valueOf(decision.action().name()),
                    decision.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    decision.application(),
                    decision.task().toString(),
                    Nanos.seconds(decision.attainedNanos()),
                    counterpart == null ? null : counterpart.toString(),
                    decision.running(),
                    decision.paused(),
                    decision.held()));
        }
    }

    /** Something happened to a task that is known by its name, on the worker of that number; null if nobody knows where. */
    void happened(EventKind kind, @Nullable Integer worker, SimulatedJob job, int task) {
        write(kind, simulation.now(), worker, job, task);
    }

    /** Such a task will begin to run then; whoever reads the events finds them in order of time. */
    void launchesAt(long nanos, int worker, SimulatedJob job, int task) {
        write(EventKind.LAUNCH, nanos, worker, job, task);
    }

    private void write(EventKind kind, long nanos, @Nullable Integer worker, SimulatedJob job, int task) {
        if (isKept) {
            events.add(new EventRecord(
                    Nanos.seconds(nanos),
                    worker == null ? "cluster" : name(worker),
                    kind,
                    null,
                    job.application(),
                    job.application() + "-" + task,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
    }

    private void write(SimulatedNode node, EventKind kind, SimulatedTask task) {
        if (isKept) {
            events.add(new EventRecord(
                    Nanos.seconds(simulation.now()),
                    name(node),
                    kind,
                    null,
                    task.job().application(),
                    task.toString(),
                    null,
                    null,
                    null,
                    null,
                    null));
        }
    }

    private String name(SimulatedNode node) {
        return name(node.number());
    }

    /** Nodes are numbered from 1 for people, with as many digits as the last one has. */
    private String name(int number) {
        return "node-" + Strings.padStart(String.valueOf(number + 1), digits, '0');
    }
}
