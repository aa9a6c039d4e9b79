/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import com.google.common.base.Strings;
import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.node.Decision;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells who asked for it what happens to tasks in a run, in order of time and as soon as it happens; what happens at one moment in the order
 * in which it was heard of. Not thread-safe.
 */
final class Journal {
    private final Simulation simulation;
    private final @Nullable Consumer<EventRecord> reader;
    private final int digits;
    /** What was heard of before its time. */
    private final PriorityQueue<Announced> announced = new PriorityQueue<>(
            Comparator.<Announced>comparingDouble(one -> one.event().timeSeconds())
                    .thenComparingLong(Announced::order));

    private long announcements;

    private record Announced(EventRecord event, long order) {}

    /**
     * @param nodes how many there are at most
     * @param reader null if nobody asked for it
     */
    Journal(Simulation simulation, int nodes, @Nullable Consumer<EventRecord> reader) {
        this.simulation = simulation;
        this.digits = String.valueOf(nodes).length();
        this.reader = reader;
    }

    /** Nothing happens any more. */
    void end() {
        if (reader != null) {
            tellUntil(reader, Double.POSITIVE_INFINITY);
        }
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
        if (reader != null) {
            SimulatedTask counterpart = decision.counterpart();
            tell(
                    reader,
                    new EventRecord(
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
        if (reader != null) {
            String where = worker == null ? "cluster" : name(worker);
            tell(reader, event(simulation.now(), where, kind, job, nameOf(job, task)));
        }
    }

    /** Such a task will begin to run then, which is told when it is time. */
    void launchesAt(long nanos, int worker, SimulatedJob job, int task) {
        if (reader != null) {
            EventRecord event = event(nanos, name(worker), EventKind.LAUNCH, job, nameOf(job, task));
            announced.add(new Announced(event, announcements++));
        }
    }

    private void write(SimulatedNode node, EventKind kind, SimulatedTask task) {
        if (reader != null) {
            tell(reader, event(simulation.now(), name(node), kind, task.job(), task.toString()));
        }
    }

    private void tell(Consumer<EventRecord> listener, EventRecord event) {
        tellUntil(listener, event.timeSeconds());
        listener.accept(event);
    }

    /** What was announced for this moment was heard of before anything that happens in it now. */
    private void tellUntil(Consumer<EventRecord> listener, double seconds) {
        for (Announced next = announced.peek();
                next != null && next.event().timeSeconds() <= seconds;
                next = announced.peek()) {
            listener.accept(next.event());
            announced.remove();
        }
    }

    private static EventRecord event(long nanos, String where, EventKind kind, SimulatedJob job, String task) {
        return new EventRecord(
                Nanos.seconds(nanos), where, kind, null, job.application(), task, null, null, null, null, null);
    }

    private static String nameOf(SimulatedJob job, int task) {
        return job.application() + "-" + task;
    }

    private String name(SimulatedNode node) {
        return name(node.number());
    }

    /** Nodes are numbered from 1 for people, with as many digits as the last one has. */
    private String name(int number) {
        return "node-" + Strings.padStart(String.valueOf(number + 1), digits, '0');
    }
}
