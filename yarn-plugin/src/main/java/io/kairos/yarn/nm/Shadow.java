/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.Reading;
import io.kairos.node.TaskView;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A policy that hears what happens on a node that only observes, and decides as if it ruled there. Nobody carries out what it
 * decides: a task that it paused runs on, and one that it holds was launched long ago. It keeps its own accounts, in which a task
 * attains nothing while it is thought to be paused; so it shows what an enforcing node would have done with the same arrivals
 * and ends.
 *
 * <p>Whatever becomes of it costs no task anything: if it fails it is gone, until it is begun anew. Confined to the agent's
 * thread, but for {@link #pauses}.
 *
 * @param <K> task id
 */
final class Shadow<K> {
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Function<NodeSettings, NodeScheduler<K>> schedulers;
    private final Predicate<K> isStarted;
    private final AgentListener<K> listener;
    private final LongSupplier nanoClock;
    private final AtomicLong pauses = new AtomicLong();
    private final WithheldService<K> withheld = new WithheldService<>();
    private @Nullable NodeScheduler<K> policy;
    private long restartNanos = Long.MAX_VALUE;

    /** @param isStarted whether a task's processes exist in truth */
    Shadow(
            Function<NodeSettings, NodeScheduler<K>> schedulers,
            Predicate<K> isStarted,
            AgentListener<K> listener,
            LongSupplier nanoClock) {
        this.schedulers = schedulers;
        this.isStarted = isStarted;
        this.listener = listener;
        this.nanoClock = nanoClock;
    }

    /** Begins with tasks as they are; those that have slots come first. */
    void begin(NodeSettings settings, List<TaskView<K>> tasks) {
        restartNanos = Long.MAX_VALUE;
        withheld.forgetAll();
        policy = schedulers.apply(settings);
        tasks.stream()
                .filter(Shadow::hasProcesses)
                .sorted(Comparator.comparing(view -> view.state() == TaskView.State.PAUSED))
                .forEach(view -> decide(known -> known.adopt(
                        view.request(),
                        view.attainedNanos(),
                        view.state() == TaskView.State.PAUSED,
                        nanoClock.getAsLong())));
        tasks.stream()
                .filter(view -> !hasProcesses(view))
                .forEach(view -> decide(known -> known.arrive(view.request(), nanoClock.getAsLong())));
    }

    void end() {
        policy = null;
        restartNanos = Long.MAX_VALUE;
    }

    /** Puts to it what happened; nothing if it has not begun. */
    void decide(Function<NodeScheduler<K>, List<Decision<K>>> step) {
        NodeScheduler<K> current = policy;
        if (current == null) {
            return;
        }
        try {
            Deque<Decision<K>> pending = new ArrayDeque<>(step.apply(current));
            for (Decision<K> decision = pending.poll(); decision != null; decision = pending.poll()) {
                tell(decision);
                if (decision.action() == Decision.Action.LAUNCH && isStarted.test(decision.task())) {
                    pending.addAll(current.started(decision.task(), nanoClock.getAsLong()));
                }
            }
        } catch (RuntimeException | Error e) {
            policy = null;
            restartNanos = nanoClock.getAsLong() + RESTART_NANOS;
            listener.failed("the observed policy", e);
        }
    }

    /** Puts to it what counters say of the tasks, which all run in truth. */
    void observe(List<Reading<K>> readings) {
        decide(known -> {
            long now = nanoClock.getAsLong();
            return known.observe(withheld.withhold(readings, known.tasks(now)), now);
        });
    }

    /** When it has something to decide. */
    long nextWakeNanos() {
        NodeScheduler<K> current = policy;
        return current == null ? Long.MAX_VALUE : current.nextWakeNanos();
    }

    /** When it is to be begun anew, after a failure. */
    long restartNanos() {
        return restartNanos;
    }

    /** Pauses it has decided since the node agent began. May be called by any thread. */
    long pauses() {
        return pauses.get();
    }

    private void tell(Decision<K> decision) {
        if (decision.action() == Decision.Action.PAUSE) {
            pauses.incrementAndGet();
        }
        listener.observed(decision);
    }

    private static boolean hasProcesses(TaskView<?> view) {
        return view.state() == TaskView.State.RUNNING || view.state() == TaskView.State.PAUSED;
    }
}
