/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.Reading;
import io.kairos.node.ServiceSummary;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskTerms;
import io.kairos.node.TaskView;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.protocol.ApplicationTerms;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts what happens on a node to its {@link NodeScheduler} and carries out what that decides.
 *
 * <p>The public methods may be called by any thread: they enqueue and return. {@link #doWork} and {@link #awaitWork} belong to
 * one thread, the agent's; it alone touches the scheduler and the task control, so no lock is held while a task is frozen or
 * thawed. Tests step {@code doWork} by hand.
 *
 * <p>An exception inside the policy must cost no container and leave nothing frozen: the agent then thaws every task, launches
 * every held one, and begins anew with a fresh scheduler that adopts them. While no scheduler can be had, the node behaves like
 * a stock one: tasks launch as they arrive.
 *
 * @param <K> task id
 */
final class NodeAgent<K> {
    private static final long START_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long REPAIR_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Function<NodeSettings, NodeScheduler<K>> schedulers;
    private final AgentListener<K> listener;
    private final LongSupplier nanoClock;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

    private final KnownTasks<K> tasks;
    private final MeterRounds<K> rounds;

    /** Decides as an enforcing node would, where this one only observes. */
    private final Shadow<K> shadow;

    private NodeSettings settings;
    private Mode mode = Mode.ENFORCE;
    private @Nullable NodeScheduler<K> scheduler;

    private Runnable whenStrange = () -> {};
    private long restartNanos;
    private long repairNanos;
    private OptionalInt launchBound = OptionalInt.empty();
    private boolean released;

    NodeAgent(
            NodeSettings settings,
            Function<NodeSettings, NodeScheduler<K>> schedulers,
            TaskControl<K> control,
            AgentListener<K> listener,
            LongSupplier nanoClock) {
        this(settings, schedulers, control, null, listener, nanoClock);
    }

    /**
     * A node that enforces until another {@link #mode} is set.
     *
     * @param schedulers makes a policy of such parameters
     * @param meter reads what tasks have attained; null where the scheduler takes no readings
     */
    NodeAgent(
            NodeSettings settings,
            Function<NodeSettings, NodeScheduler<K>> schedulers,
            TaskControl<K> control,
            @Nullable ServiceMeter<K> meter,
            AgentListener<K> listener,
            LongSupplier nanoClock) {
        this.settings = settings;
        this.schedulers = schedulers;
        this.tasks = new KnownTasks<>(control, listener, inbox::add);
        this.rounds = new MeterRounds<>(meter, listener, inbox::add, nanoClock, this::observe);
        this.shadow = new Shadow<>(schedulers, tasks::hasProcesses, listener, nanoClock);
        this.listener = listener;
        this.nanoClock = nanoClock;
        this.scheduler = schedulers.apply(settings);
        this.repairNanos = nanoClock.getAsLong() + REPAIR_NANOS;
    }

    /** A task asks to be launched. */
    void arrive(TaskRequest<K> request) {
        arrive(request, false);
    }

    /** @param optsOut whether the task says of itself that it must not be paused; that counts where its application may */
    void arrive(TaskRequest<K> request, boolean optsOut) {
        inbox.add(() -> {
            remove(request.task()); // after a failed re-initialisation YARN launches again without a clean-up
            refreshReadings();
            TaskRequest<K> onTerms = tasks.add(request, optsOut);
            noteStranger(request);
            decideAlike(policy -> policy.arrive(onTerms, nanoClock.getAsLong()));
        });
    }

    /** A task was found that an earlier agent launched. The policy adopts it once its processes are found, frozen or not. */
    void adopt(TaskRequest<K> request, long attainedNanos) {
        adopt(request, false, new RecoveryFile.Recovered(attainedNanos, Optional.empty()));
    }

    void adopt(TaskRequest<K> request, boolean optsOut, RecoveryFile.Recovered recovered) {
        inbox.add(() -> {
            remove(request.task());
            noteStranger(request); // what was known before may not hold any more
            tasks.addLaunched(request, optsOut, recovered);
        });
    }

    /**
     * A task ended or is about to be killed: it is thawed, so that the kill reaches it, and its slots are given away.
     *
     * @param afterwards run on the agent's thread when that was done, or could not be
     */
    void finish(K task, Runnable afterwards) {
        inbox.add(() -> Answers.whenKnown(remove(task), inbox::add, failure -> afterwards.run()));
    }

    /** YARN has answered the pause of a task. */
    void pauseAnswered(K task) {
        inbox.add(() -> tasks.relax(task));
    }

    /** N + Q as the central tier applies it. */
    void launchBound(int bound) {
        inbox.add(() -> {
            if (!launchBound.equals(OptionalInt.of(bound))) {
                launchBound = OptionalInt.of(bound);
                reconfigure();
            }
        });
    }

    /** The node's parameters are others. */
    void reconfigure(NodeSettings newSettings) {
        inbox.add(() -> changeTo(newSettings, mode));
    }

    /**
     * Another mode. What is held is launched and what is paused is resumed where nothing is enforced any more; where it is again,
     * tasks are paused until those that run fit.
     */
    void mode(Mode newMode) {
        inbox.add(() -> changeTo(settings, newMode));
    }

    /** Both at once: nothing is paused for parameters that the new mode does not enforce. */
    void reconfigure(NodeSettings newSettings, Mode newMode) {
        inbox.add(() -> changeTo(newSettings, newMode));
    }

    private void changeTo(NodeSettings newSettings, Mode newMode) {
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

    /** On what terms the tasks of each application share the node; an application that is not named keeps the terms it has. */
    void terms(Map<String, ApplicationTerms> told) {
        inbox.add(() -> {
            Map<K, TaskTerms> changed = tasks.terms(told);
            if (!changed.isEmpty()) {
                refreshReadings();
                decideAlike(policy -> policy.change(changed, nanoClock.getAsLong()));
            }
        });
    }

    /** The terms of the applications that have tasks here, as far as they are known; completed by the agent's thread. */
    CompletableFuture<Map<String, ApplicationTerms>> applicationTerms() {
        CompletableFuture<Map<String, ApplicationTerms>> answer = new CompletableFuture<>();
        inbox.add(() -> answer.complete(tasks.applicationTerms()));
        return answer;
    }

    /** Sets what is run, by the agent's thread, when a task comes of whose application no terms are known; before the start. */
    void whenStrange(Runnable action) {
        whenStrange = action;
    }

    /** Pauses that were decided since the start and, as the node only observed, not made. May be called by any thread. */
    long pausesNotMade() {
        return shadow.pauses();
    }

    /** What the node tells of its load; completed by the agent's thread. Empty while there is no policy. */
    CompletableFuture<ServiceSummary> summary() {
        CompletableFuture<ServiceSummary> answer = new CompletableFuture<>();
        inbox.add(() -> {
            NodeScheduler<K> policy = scheduler;
            answer.complete(
                    policy == null
                            ? new ServiceSummary(tasks.size(), 0, 0, 0, 0, 0, 0, Map.of())
                            : withMissing(policy.summary(nanoClock.getAsLong())));
        });
        return answer;
    }

    /** Applications of which tasks are still looked for are named too: their terms must be known when these are found. */
    private ServiceSummary withMissing(ServiceSummary summary) {
        Map<String, Long> attained = new HashMap<>(summary.attainedNanosByApplication());
        tasks.missingApplications().forEach(application -> attained.putIfAbsent(application, 0L));
        return summary.with(attained);
    }

    /** The tasks of the node; completed by the agent's thread. */
    CompletableFuture<List<TaskView<K>>> tasks() {
        CompletableFuture<List<TaskView<K>>> answer = new CompletableFuture<>();
        inbox.add(() -> {
            NodeScheduler<K> policy = scheduler;
            answer.complete(policy == null ? List.of() : policy.tasks(nanoClock.getAsLong()));
        });
        return answer;
    }

    /**
     * The node shuts down: thaws all and does nothing more. What is held stays held, for a launch begun now would be cut off.
     * Completed when all are thawed, or could not be.
     */
    CompletableFuture<Void> release() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        inbox.add(() -> {
            released = true;
            scheduler = null;
            shadow.end();
            restartNanos = Long.MAX_VALUE;
            tasks.thawAll().whenComplete((done, failure) -> answer.complete(null));
        });
        return answer;
    }

    /** Waits until there is something to do, or at most the given time. */
    void awaitWork(long mostNanos) throws InterruptedException {
        long now = nanoClock.getAsLong();
        long wait = Math.min(mostNanos, dueNanos() - now);
        if (wait > 0) {
            Runnable first = inbox.poll(wait, TimeUnit.NANOSECONDS);
            if (first != null) {
                run(first);
            }
        }
    }

    /** Does all that is there to do; returns how much that was. */
    int doWork() {
        int done = 0;
        for (Runnable message = inbox.poll(); message != null; message = inbox.poll()) {
            run(message);
            done++;
        }
        for (K task : tasks.takeStarted()) {
            decideAlike(policy -> policy.started(task, nanoClock.getAsLong()));
            done++;
        }
        for (KnownTasks.Known<K> found : tasks.takeFound()) {
            adopt(found);
            done++;
        }
        NodeScheduler<K> policy = scheduler;
        if (policy == null && nanoClock.getAsLong() >= restartNanos) {
            restart();
            done++;
        } else if (policy != null && policy.nextWakeNanos() <= nanoClock.getAsLong()) {
            refreshReadings();
            decide(current -> current.tick(nanoClock.getAsLong()));
            done++;
        }
        if (shadow.restartNanos() <= nanoClock.getAsLong()) {
            observeFrom(scheduler);
        }
        if (shadow.nextWakeNanos() <= nanoClock.getAsLong()) {
            refreshReadings();
            shadow.decide(current -> current.tick(nanoClock.getAsLong()));
            done++;
        }
        if (scheduler != null && tasks.size() > 0 && rounds.dueNanos() <= nanoClock.getAsLong()) {
            rounds.advance(scheduler.tasks(nanoClock.getAsLong()));
            done++;
        }
        if (nanoClock.getAsLong() >= repairNanos) {
            repairNanos = nanoClock.getAsLong() + REPAIR_NANOS;
            repair();
            done++;
        }
        return done;
    }

    /** Tasks are frozen and thawed by this agent alone; where others did it, it is undone. */
    private void repair() {
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
                .ifPresent(answer -> Answers.whenKnown(answer, inbox::add, failure -> {
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

    /** Tasks are about to be compared: by what they have attained now. */
    private void refreshReadings() {
        NodeScheduler<K> policy = scheduler;
        if (policy != null && rounds.isStale()) {
            rounds.refresh(policy.tasks(nanoClock.getAsLong()));
        }
    }

    private void observe(List<Reading<K>> readings) {
        if (scheduler != null) {
            decide(policy -> policy.observe(readings, nanoClock.getAsLong()));
            shadow.observe(readings);
        }
    }

    private long dueNanos() {
        NodeScheduler<K> policy = scheduler;
        long due = policy == null ? restartNanos : policy.nextWakeNanos();
        if (policy != null && tasks.size() > 0) {
            due = Math.min(due, rounds.dueNanos());
        }
        due = Math.min(due, shadow.nextWakeNanos());
        if (tasks.awaitsProcesses()) {
            due = Math.min(due, nanoClock.getAsLong() + START_POLL_NANOS);
        }
        return tasks.size() == 0 ? due : Math.min(due, repairNanos);
    }

    private void adopt(KnownTasks.Known<K> task) {
        decide(policy -> policy.adopt(task.request(), task.attainedNanos(), task.frozen(), nanoClock.getAsLong()));
        shadow.decide(policy -> policy.adopt(task.request(), task.attainedNanos(), false, nanoClock.getAsLong()));
    }

    /** The policy's parameters follow from the settings, the bound and the mode. */
    private void reconfigure() {
        refreshReadings();
        NodeSettings inForce = inForce();
        if (scheduler != null) {
            decide(policy -> policy.reconfigure(inForce, nanoClock.getAsLong()));
        }
        NodeSettings enforced = enforced();
        shadow.decide(policy -> policy.reconfigure(enforced, nanoClock.getAsLong()));
    }

    private void noteStranger(TaskRequest<K> request) {
        if (!tasks.knowsTerms(request.application())) {
            whenStrange.run();
        }
    }

    private NodeSettings inForce() {
        return mode == Mode.ENFORCE ? enforced() : settings.unlimited();
    }

    private NodeSettings enforced() {
        return launchBound.isPresent()
                ? settings.launchBound(Math.max(launchBound.getAsInt(), settings.slots()))
                : settings;
    }

    /** The shadow begins with what the policy knows, or ends, as the mode says. */
    private void observeFrom(@Nullable NodeScheduler<K> policy) {
        shadow.end();
        if (mode == Mode.OBSERVE && policy != null) {
            shadow.begin(enforced(), policy.tasks(nanoClock.getAsLong()));
        }
    }

    /** What happened is put to the policy, and to the shadow where there is one. */
    private void decideAlike(Function<NodeScheduler<K>, List<Decision<K>>> step) {
        decide(step);
        shadow.decide(step);
    }

    private void run(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException | Error e) {
            failSafe(e);
        }
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
        Answers.whenKnown(answer, inbox::add, failure -> {
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

    private CompletableFuture<Void> remove(K task) {
        boolean known = tasks.contains(task);
        rounds.forget(task);
        CompletableFuture<Void> thawed = tasks.remove(task);
        if (known && scheduler != null) {
            decide(current -> finish(current, task));
        } else if (known) {
            listener.forgotten(task);
        }
        return thawed;
    }

    private List<Decision<K>> finish(NodeScheduler<K> policy, K task) {
        long now = nanoClock.getAsLong();
        policy.task(task, now).ifPresent(last -> tellFinished(last, policy.summary(now), now));
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

    private void failSafe(Throwable cause) {
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
            scheduler = schedulers.apply(inForce());
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
