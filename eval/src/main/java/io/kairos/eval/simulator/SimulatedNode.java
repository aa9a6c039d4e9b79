/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.ServiceReport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node: what it does with the tasks that come is its kind's. Nodes are ordered by their numbers. One that fails loses its tasks, each of
 * which tells its {@link TaskOwner}.
 */
abstract class SimulatedNode implements Comparable<SimulatedNode> {
    private static final ServiceReport NOTHING = new ServiceReport(0, 0, 0, 0, 0);

    private final int number;
    private final NodeGroup shape;
    private final Run run;
    /** Its tasks; null where nodes never fail, as nobody asks then. */
    private final @Nullable Set<SimulatedTask> present;

    private int failures;
    private boolean down;

    SimulatedNode(int number, NodeGroup shape, Run run) {
        this.number = number;
        this.shape = shape;
        this.run = run;
        this.present = run.settings().failures() == null ? null : new LinkedHashSet<>();
    }

    /** From 0 on. */
    final int number() {
        return number;
    }

    final int slots() {
        return shape.slots();
    }

    /** How long work takes here that takes so long at speed 1; nanoseconds. */
    final long duration(long workNanos) {
        return shape.speed() == 1 ? workNanos : Math.max(1, Math.round(workNanos / shape.speed()));
    }

    /** How often it has failed: a task that was sent before the last time is lost. */
    final int failures() {
        return failures;
    }

    final boolean isDown() {
        return down;
    }

    /** A task comes in; its owner is told of its end. */
    final void arrive(SimulatedTask task) {
        if (down || task.sentAfterFailures() != failures) {
            lose(task);
            return;
        }
        if (present != null) {
            present.add(task);
        }
        take(task);
    }

    /** One of its tasks has run to its end. */
    final void ended(SimulatedTask task) {
        if (present != null) {
            present.remove(task);
        }
        task.stop(run.now());
        run.journal().finished(this, task);
        release(task);
        task.owner().ended(task);
    }

    /** It fails: its tasks are lost, with what they have done, until it is {@link #repair}ed it takes none. */
    final void fail() {
        down = true;
        failures++;
        if (present != null) {
            List<SimulatedTask> lost = List.copyOf(present);
            present.clear();
            forget();
            lost.forEach(this::lose);
        }
    }

    /** It is up again, and empty. */
    final void repair() {
        down = false;
    }

    private void lose(SimulatedTask task) {
        discard(task);
        task.owner().lost(task);
    }

    /** Ends one of its tasks, with what it has done; its owner hears of it by a message. */
    final void kill(SimulatedTask task) {
        if (present != null) {
            present.remove(task);
        }
        discard(task);
        run.simulation().at(run.now() + run.costs().networkNanos(), new Event() {
            @Override
            void happen() {
                task.owner().lost(task);
            }
        });
    }

    private void discard(SimulatedTask task) {
        run.simulation().cancel(task);
        task.lose();
        run.tally().lost(task.doneNanos(run.now()));
        task.stop(run.now());
        run.journal().killed(this, task);
    }

    /** Takes the task: runs it, now or later. */
    abstract void take(SimulatedTask task);

    /** The slot of the task that has ended is free. */
    abstract void release(SimulatedTask task);

    /** All its tasks are gone; what it scheduled for itself does not happen. */
    abstract void forget();

    /** What it would report now of its tasks' attained service; nothing, unless it knows of that. */
    ServiceReport report() {
        return NOTHING;
    }

    @Override
    public final int compareTo(SimulatedNode other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return number;
    }

    @Override
    public final String toString() {
        return "node " + number;
    }
}
