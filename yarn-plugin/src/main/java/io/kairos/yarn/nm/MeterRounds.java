/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Reading;
import io.kairos.node.TaskView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When a node's counters are read: every quarter of a second, and before tasks are compared if the last reading is older than a
 * twentieth. One round at a time, in which every task is read that is thawed, or was at the round before: so the last that a
 * task used before it was frozen is seen too.
 *
 * <p>The rounds go on elsewhere, for {@code /proc} may keep a reader waiting. A comparison waits for one, but not for long: a
 * comparison by older readings is a little less just, a task that waits for its launch is what all this is to avoid. A round
 * that was waited for in vain is not waited for again, so a hanging reader costs the node that one wait. Confined to the agent's
 * thread.
 *
 * @param <K> task id
 */
final class MeterRounds<K> {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final @Nullable ServiceMeter<K> meter;
    private final AgentListener<K> listener;
    private final Executor agentThread;
    private final LongSupplier nanoClock;
    private final Consumer<List<Reading<K>>> observer;

    private @Nullable Round<K> underWay;
    private Set<K> thawedBefore = Set.of();
    private long askedNanos;
    private long readNanos;

    /**
     * @param meter null where nothing is to be read: then no round is ever due
     * @param agentThread where answers that come late are heard
     * @param observer hears what was read
     */
    MeterRounds(
            @Nullable ServiceMeter<K> meter,
            AgentListener<K> listener,
            Executor agentThread,
            LongSupplier nanoClock,
            Consumer<List<Reading<K>>> observer) {
        this.meter = meter;
        this.listener = listener;
        this.agentThread = agentThread;
        this.nanoClock = nanoClock;
        this.observer = observer;
        this.askedNanos = nanoClock.getAsLong() - INTERVAL_NANOS;
        this.readNanos = askedNanos;
    }

    /** A round that has not been answered yet. */
    private static final class Round<K> {
        private final Set<K> tasks;
        private final long askedNanos;
        private final CompletableFuture<List<Reading<K>>> answer;
        private boolean waitedFor;
        private boolean told;

        private Round(Set<K> tasks, long askedNanos, CompletableFuture<List<Reading<K>>> answer) {
            this.tasks = tasks;
            this.askedNanos = askedNanos;
            this.answer = answer;
        }
    }

    /** When {@link #advance} has something to do. */
    long dueNanos() {
        Round<K> round = underWay;
        if (meter == null || (round != null && round.told)) {
            return Long.MAX_VALUE;
        }
        return round == null ? askedNanos + INTERVAL_NANOS : round.askedNanos + PATIENCE_NANOS;
    }

    /** Begins a round; where one has been under way for seconds, that is told, and the node goes on by what was read last. */
    void advance(List<TaskView<K>> tasks) {
        Round<K> round = underWay;
        if (round == null) {
            begin(tasks);
        } else if (!round.told) {
            round.told = true;
            listener.failed(
                    "reading of CPU time",
                    new TimeoutException("no answer within " + TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS)
                            + " ms; tasks are compared by what was read before"));
        }
    }

    /** Whether {@link #refresh} would read. */
    boolean isStale() {
        Round<K> round = underWay;
        return meter != null && (round == null ? nanoClock.getAsLong() - readNanos > FRESH_NANOS : !round.waitedFor);
    }

    /** Tasks are about to be compared: reads what was not read just now, and waits a moment for that. */
    void refresh(List<TaskView<K>> tasks) {
        if (underWay == null) {
            begin(tasks);
        }
        Round<K> round = underWay;
        if (round == null || round.waitedFor) {
            return;
        }
        round.waitedFor = true;
        try {
            round.answer.get(LONGEST_WAIT_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return; // it is heard of later
        } catch (ExecutionException e) {
            // the meter has told
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        take(round);
    }

    /** The task left the node: what is being read of it is not for a later one of its name. */
    void forget(K task) {
        if (underWay != null) {
            underWay.tasks.remove(task);
        }
    }

    private void begin(List<TaskView<K>> tasks) {
        ServiceMeter<K> reader = meter;
        if (reader == null) {
            return;
        }
        askedNanos = nanoClock.getAsLong();
        Set<K> toRead = toRead(tasks);
        if (toRead.isEmpty()) {
            readNanos = askedNanos;
            return;
        }
        Round<K> round = new Round<>(new HashSet<>(toRead), askedNanos, reader.read(toRead));
        underWay = round;
        if (round.answer.isDone()) {
            take(round);
        } else {
            round.answer.whenComplete((readings, failure) -> agentThread.execute(() -> take(round)));
        }
    }

    private Set<K> toRead(List<TaskView<K>> tasks) {
        Set<K> toRead = new HashSet<>();
        Set<K> thawed = new HashSet<>();
        for (TaskView<K> view : tasks) {
            K task = view.request().task();
            if (view.state() == TaskView.State.RUNNING || view.pulsing()) {
                thawed.add(task);
                toRead.add(task);
            } else if (view.state() == TaskView.State.PAUSED && thawedBefore.contains(task)) {
                toRead.add(task);
            }
        }
        thawedBefore = thawed;
        return toRead;
    }

    private void take(Round<K> round) {
        if (underWay != round) {
            return; // taken before
        }
        underWay = null;
        readNanos = round.askedNanos;
        if (round.answer.isCompletedExceptionally()) {
            return;
        }
        List<Reading<K>> readings = new ArrayList<>(round.answer.join());
        readings.removeIf(reading -> !round.tasks.contains(reading.task()));
        if (!readings.isEmpty()) {
            observer.accept(readings);
        }
    }
}
