/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.Reading;
import io.kairos.node.ServiceSummary;
import io.kairos.node.TaskOrder;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import io.kairos.yarn.conf.Mode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts what happens to the policy of a node, to its {@link NodeScheduler} that is, and carries out what that decides. Where the node
 * only observes, a {@link Shadow} decides beside it as it would if the node enforced.
 *
 * <p>An exception inside the policy must cost no container and leave nothing frozen: every task is thawed then, every held one
 * launched, and a fresh scheduler adopts them. While no scheduler can be had, the node behaves like a stock one: tasks launch as
 * they arrive.
 *
 * <p>Confined to the agent's thread, but for {@link #pausesNotMade}.
 *
 * @param <K> task id
 */
final class PolicyRunner<K> {
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final KnownTasks<K> tasks;
    private final AgentListener<K> listener;
    private final Executor agentThread;
    private final LongSupplier nanoClock;
    private final Runnable beforeComparing;

    /** Makes the policies, the shadow's too. */
    private final OrderInForce<K> order;

    /** Decides as an enforcing node would, where this one only observes. */
    private final Shadow<K> shadow;

    private NodeSettings settings;
    private Mode mode = Mode.ENFORCE;
    private OptionalInt launchBound = OptionalInt.empty();
    private @Nullable NodeScheduler<K> scheduler;
    private long restartNanos;
    private boolean released;

    /**
     * A policy that enforces until another mode is set.
     *
     * @param schedulers makes a policy of such parameters
     * @param agentThread where answers that come late are heard
     * @param beforeComparing run when tasks are about to be compared
     */
    PolicyRunner(
            NodeSettings settings,
            Function<NodeSettings, NodeScheduler<K>> schedulers,
            KnownTasks<K> tasks,
            AgentListener<K> listener,
            Executor agentThread,
            LongSupplier nanoClock,
            Runnable beforeComparing) {
        this.settings = settings;
        this.tasks = tasks;
        this.listener = listener;
        this.agentThread = agentThread;
        this.nanoClock = nanoClock;
        this.beforeComparing = beforeComparing;
        this.order = new OrderInForce<>(schedulers);
        this.shadow = new Shadow<>(
                parameters -> order.policy(parameters, nanoClock.getAsLong()),
                tasks::hasProcesses,
                listener,
                nanoClock);
        this.scheduler = order.policy(settings, nanoClock.getAsLong());
    }

    /** The policy; null after it failed or was released. */
    @Nullable NodeScheduler<K> policy() {
        return scheduler;
    }

    /** Pauses that were decided and, as the node only observed, not made. May be called by any thread. */
    long pausesNotMade() {
        return shadow.pauses();
    }

    /** The node's parameters are others. */
    void reconfigure(NodeSettings newSettings) {
        reconfigure(newSettings, mode);
    }

    /** Another mode. */
    void mode(Mode newMode) {
        reconfigure(settings, newMode);
    }

    /** Both at once. */
    void reconfigure(NodeSettings newSettings, Mode newMode) {
        if (settings.equals(newSettings) && mode == newMode) {
            return;
        }
        boolean otherMode = mode != newMode;
        settings = newSettings;
        mode = newMode;
        if (otherMode) {
            observeFrom(scheduler);
        }
        reconfigure();
    }

    /** N + Q as the central tier applies it. */
    void launchBound(int bound) {
        if (!launchBound.equals(OptionalInt.of(bound))) {
            launchBound = OptionalInt.of(bound);
            reconfigure();
        }
    }

    /** Whether it is known where tasks of that application stand in the order. */
    boolean knowsPlaceOf(String application) {
        return order.knowsPlaceOf(application);
    }

    /** Tasks are ordered by these keys of their applications; empty: by attained service. */
    void keys(Map<String, Double> keys) {
        NodeSettings before = enforced();
        if (!order.tell(keys)) {
            return;
        }
        if (scheduler != null) {
            beforeComparing.run();
            TaskOrder told = order.order();
            decideAlike(policy -> policy.reorder(told, nanoClock.getAsLong()));
        }
        if (!enforced().equals(before)) {
            reconfigure();
        }
    }

    /** What counters say that tasks have attained. */
    void observe(List<Reading<K>> readings) {
        if (scheduler != null) {
            decide(policy -> policy.observe(readings, nanoClock.getAsLong()));
            shadow.observe(readings);
        }
    }

    /** What the policy and the shadow have to decide by now, or to begin anew; returns how much that was. */
    int doWhatIsDue() {
        int done = 0;
        NodeScheduler<K> policy = scheduler;
        if (policy == null && nanoClock.getAsLong() >= restartNanos) {
            restart();
            done++;
        } else if (policy != null && policy.nextWakeNanos() <= nanoClock.getAsLong()) {
            beforeComparing.run();
            decide(current -> current.tick(nanoClock.getAsLong()));
            done++;
        }
        if (shadow.restartNanos() <= nanoClock.getAsLong()) {
            observeFrom(scheduler);
        }
        if (shadow.nextWakeNanos() <= nanoClock.getAsLong()) {
            beforeComparing.run();
            shadow.decide(current -> current.tick(nanoClock.getAsLong()));
            done++;
        }
        return done;
    }

    /** When {@link #doWhatIsDue} has something to do. */
    long dueNanos() {
        NodeScheduler<K> policy = scheduler;
        return Math.min(policy == null ? restartNanos : policy.nextWakeNanos(), shadow.nextWakeNanos());
    }

    /** Thaws all and does nothing more; the future tells when all are thawed, or could not be. */
    CompletableFuture<Void> release() {
        released = true;
        scheduler = null;
        shadow.end();
        restartNanos = Long.MAX_VALUE;
        return tasks.thawAll();
    }

    /** A task that an earlier agent launched was found. */
    void adopt(KnownTasks.Known<K> task) {
        decide(policy -> policy.adopt(task.request(), task.attainedNanos(), task.frozen(), nanoClock.getAsLong()));
        shadow.decide(policy -> policy.adopt(task.request(), task.attainedNanos(), false, nanoClock.getAsLong()));
    }

    /** The policy's parameters follow from the settings, the bound and the mode. */
    private void reconfigure() {
        beforeComparing.run();
        NodeSettings inForce = inForce();
        if (scheduler != null) {
            decide(policy -> policy.reconfigure(inForce, nanoClock.getAsLong()));
        }
        NodeSettings enforced = enforced();
        shadow.decide(policy -> policy.reconfigure(enforced, nanoClock.getAsLong()));
    }

    private NodeSettings inForce() {
        return mode == Mode.ENFORCE ? enforced() : settings.unlimited();
    }

    private NodeSettings enforced() {
        NodeSettings bounded = order.with(settings);
        return launchBound.isPresent()
                ? bounded.launchBound(Math.max(launchBound.getAsInt(), settings.slots()))
                : bounded;
    }

    /** The shadow begins with what the policy knows, or ends, as the mode says. */
    private void observeFrom(@Nullable NodeScheduler<K> policy) {
        shadow.end();
        if (mode == Mode.OBSERVE && policy != null) {
            shadow.begin(enforced(), policy.tasks(nanoClock.getAsLong()));
        }
    }

    /** What happened is put to the policy, and to the shadow where there is one. */
    void decideAlike(Function<NodeScheduler<K>, List<Decision<K>>> step) {
        decide(step);
        shadow.decide(step);
    }

    /** Tasks are frozen and thawed by this agent alone; where others did it, it is undone. */
    void repair() {
        NodeScheduler<K> policy = scheduler;
        if (policy == null) {
            return;
        }
        for (TaskView<K> seen : policy.tasks(nanoClock.getAsLong())) {
            // Looked up anew: the repair of one task may have changed the others.
            policy.task(seen.request().task(), nanoClock.getAsLong()).ifPresent(this::repair);
        }
    }

    private void repair(TaskView<K> view) {
        boolean paused = view.state() == TaskView.State.PAUSED;
        if (paused || view.state() == TaskView.State.RUNNING) {
            repair(view.request().task(), paused && !view.pulsing());
        }
    }

    private void repair(K task, boolean shouldBeFrozen) {
        tasks.repair(task, shouldBeFrozen)
                .ifPresent(answer -> Answers.whenKnown(answer, agentThread, failure -> {
                    if (failure != null) {
                        listener.failed("repair of " + task, failure);
                    }
                    if (failure instanceof TaskEndingException) {
                        tasks.exited(task);
                        decide(current -> finish(current, task));
                    } else if (failure != null && shouldBeFrozen) {
                        decide(current -> current.pauseFailed(task, nanoClock.getAsLong()));
                    }
                }));
    }

    private void decide(Function<NodeScheduler<K>, List<Decision<K>>> step) {
        NodeScheduler<K> policy = scheduler;
        if (policy == null) {
            releaseAll();
            return;
        }
        try {
            Deque<Decision<K>> pending = new ArrayDeque<>(step.apply(policy));
            for (Decision<K> decision = pending.poll(); decision != null; decision = pending.poll()) {
                listener.decided(decision);
                pending.addAll(carryOut(policy, decision));
            }
        } catch (RuntimeException | Error e) {
            failSafe(e);
        }
    }

    /** What the policy decides in place of what could not be done. */
    private List<Decision<K>> carryOut(NodeScheduler<K> policy, Decision<K> decision) {
        CompletableFuture<Void> answer = tasks.carryOut(decision);
        if (answer.isDone()) {
            return answered(policy, decision, Answers.failure(answer));
        }
        long operation = tasks.operations(decision.task());
        Answers.whenKnown(answer, agentThread, failure -> {
            // What was asked since has made the answer void.
            if (tasks.operations(decision.task()) == operation) {
                decide(current -> answered(current, decision, failure));
            }
        });
        return List.of();
    }

    private List<Decision<K>> answered(NodeScheduler<K> policy, Decision<K> decision, @Nullable Throwable failure) {
        K task = decision.task();
        if (failure == null) {
            tasks.carriedOut(decision);
            return List.of();
        }
        boolean thawing =
                decision.action() == Decision.Action.RESUME || decision.action() == Decision.Action.PULSE_START;
        listener.undone(decision, failure);
        listener.failed((thawing ? "resume of " : "pause of ") + task, failure);
        if (failure instanceof TaskEndingException) {
            tasks.exited(task);
            return finish(policy, task);
        }
        long now = nanoClock.getAsLong();
        return thawing ? policy.resumeFailed(task, now) : policy.pauseFailed(task, now);
    }

    /** A task leaves the node; the future tells when it is thawed, or could not be. */
    CompletableFuture<Void> remove(K task) {
        boolean known = tasks.contains(task);
        Optional<KnownTasks.Known<K>> unseen = tasks.unseen(task);
        CompletableFuture<Void> thawed = tasks.remove(task);
        if (unseen.isPresent()) {
            leftUnheardOf(
                    unseen.get().request(), TaskView.State.RUNNING, unseen.get().attainedNanos());
        } else if (known && scheduler != null) {
            decide(current -> finish(current, task));
        } else if (known) {
            listener.forgotten(task);
        }
        return thawed;
    }

    /** A task of an earlier agent left the node before the policy heard of it. */
    void leftUnheardOf(TaskRequest<K> request, TaskView.State state, long attainedNanos) {
        if (scheduler == null) {
            listener.forgotten(request.task());
            return;
        }
        TaskView<K> last = new TaskView<>(request, state, attainedNanos, 0, 0, false, false);
        decide(policy -> {
            long now = nanoClock.getAsLong();
            ServiceSummary load = policy.summary(now);
            listener.finished(last, now, load.running(), load.paused(), load.held());
            return List.of();
        });
    }

    private List<Decision<K>> finish(NodeScheduler<K> policy, K task) {
        long now = nanoClock.getAsLong();
        policy.task(task, now).ifPresent(last -> {
            tasks.attained(task, last.attainedNanos());
            tellFinished(last, policy.summary(now), now);
        });
        shadow.decide(current -> current.finish(task, now));
        return policy.finish(task, now);
    }

    private void tellFinished(TaskView<K> last, ServiceSummary with, long now) {
        listener.finished(
                last,
                now,
                with.running() - (holdsSlots(last) ? 1 : 0),
                with.paused() - (last.state() == TaskView.State.PAUSED ? 1 : 0),
                with.held() - (last.state() == TaskView.State.HELD ? 1 : 0));
    }

    private static boolean holdsSlots(TaskView<?> task) {
        return task.state() == TaskView.State.LAUNCHING || task.state() == TaskView.State.RUNNING;
    }

    /** The policy, or what hands something to it, failed. */
    void failSafe(Throwable cause) {
        listener.policyFailed(cause);
        scheduler = null;
        shadow.end();
        restartNanos = nanoClock.getAsLong() + RESTART_NANOS;
        releaseAll();
    }

    /** Like a stock node. Once the agent was released nothing is launched any more: it would be cut off. */
    private void releaseAll() {
        if (!released) {
            tasks.launchAll();
        }
        tasks.thawAll();
    }

    private void restart() {
        restartNanos = nanoClock.getAsLong() + RESTART_NANOS;
        releaseAll();
        try {
            scheduler = order.policy(inForce(), nanoClock.getAsLong());
            observeFrom(scheduler);
        } catch (RuntimeException e) {
            failSafe(e);
            return;
        }
        for (KnownTasks.Known<K> task : tasks.present()) {
            if (scheduler == null) {
                return;
            }
            if (task.launched()) {
                adopt(task);
            } else {
                decideAlike(policy -> policy.arrive(task.request(), nanoClock.getAsLong()));
            }
        }
    }
}
