/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.TaskView;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A policy that hears what happens on a node and decides as if it ruled there. Nobody carries out what it decides: a task that
 * it paused runs on, and one that it holds was launched long ago. It keeps its own accounts, in which a task attains nothing
 * while it is thought to be paused; so it shows what an enforcing node would have done with the same arrivals and ends.
 * Confined to the agent's thread.
 *
 * @param <K> task id
 */
final class Shadow<K> {
    private final NodeScheduler<K> policy;
    private final Predicate<K> isStarted;
    private final Consumer<Decision<K>> listener;
    private final LongSupplier nanoClock;

    /**
     * @param isStarted whether a task's processes exist in truth
     * @param listener hears of each decision
     */
    Shadow(NodeScheduler<K> policy, Predicate<K> isStarted, Consumer<Decision<K>> listener, LongSupplier nanoClock) {
        this.policy = policy;
        this.isStarted = isStarted;
        this.listener = listener;
        this.nanoClock = nanoClock;
    }

    /** Takes over tasks as they are, those that have slots first. */
    void take(List<TaskView<K>> tasks) {
        List<TaskView<K>> inOrder = tasks.stream()
                .sorted(Comparator.comparing(view -> view.state() == TaskView.State.PAUSED))
                .toList();
        for (TaskView<K> view : inOrder) {
            if (view.state() == TaskView.State.RUNNING || view.state() == TaskView.State.PAUSED) {
                boolean paused = view.state() == TaskView.State.PAUSED;
                decide(known -> known.adopt(view.request(), view.attainedNanos(), paused, nanoClock.getAsLong()));
            }
        }
        for (TaskView<K> view : tasks) {
            if (view.state() == TaskView.State.LAUNCHING || view.state() == TaskView.State.HELD) {
                decide(known -> known.arrive(view.request(), nanoClock.getAsLong()));
            }
        }
    }

    void decide(Function<NodeScheduler<K>, List<Decision<K>>> step) {
        Deque<Decision<K>> pending = new ArrayDeque<>(step.apply(policy));
        for (Decision<K> decision = pending.poll(); decision != null; decision = pending.poll()) {
            listener.accept(decision);
            if (decision.action() == Decision.Action.LAUNCH && isStarted.test(decision.task())) {
                pending.addAll(policy.started(decision.task(), nanoClock.getAsLong()));
            }
        }
    }

    long nextWakeNanos() {
        return policy.nextWakeNanos();
    }
}
