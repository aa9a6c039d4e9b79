/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.ServiceSummary;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskTerms;
import io.kairos.node.TaskView;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.protocol.ApplicationTerms;
import io.kairos.yarn.protocol.EndedTasks;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens on a node, puts it to the policy by a {@link PolicyRunner}, and sees to it that in time is done what is due.
 *
 * <p>The public methods may be called by any thread: they enqueue and return. {@link #doWork} and {@link #awaitWork} belong to
 * one thread, the agent's; it alone touches the scheduler and the task control, so no lock is held while a task is frozen or
 * thawed. Tests step {@code doWork} by hand.
 *
 * @param <K> task id
 */
final class NodeAgent<K> {
    private static final long START_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long REPAIR_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LongSupplier nanoClock;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

    private final KnownTasks<K> tasks;
    private final MeterRounds<K> rounds;
    private final PolicyRunner<K> runner;
    private final EndedTasksBook ended = new EndedTasksBook();

    /** Tasks that are being thawed for a signal. */
    private final Map<K, KnownTasks.Known<K>> signalled = new HashMap<>();

    private Runnable whenStrange = () -> {};
    private long repairNanos;

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
        this.tasks = new KnownTasks<>(control, listener, inbox::add);
        this.runner =
                new PolicyRunner<>(settings, schedulers, tasks, listener, inbox::add, nanoClock, this::refreshReadings);
        this.rounds = new MeterRounds<>(meter, listener, inbox::add, nanoClock, runner::observe);
        this.nanoClock = nanoClock;
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
            runner.decideAlike(policy -> policy.arrive(onTerms, nanoClock.getAsLong()));
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

    /** A task that an earlier agent held is not launched any more. */
    void giveUp(TaskRequest<K> request) {
        inbox.add(() -> runner.leftUnheardOf(request, TaskView.State.HELD, 0));
    }

    /**
     * A task ended or is about to be killed: it is thawed, so that the kill reaches it, and its slots are given away.
     *
     * @param afterwards run on the agent's thread when that was done, or could not be
     */
    void finish(K task, Runnable afterwards) {
        inbox.add(() -> Answers.whenKnown(remove(task), inbox::add, failure -> afterwards.run()));
    }

    /**
     * A signal that may end the task: it is thawed, so that the signal reaches it. A task that outlives it is the policy's again,
     * with what it has attained: by signals nobody gets out of the node tier's care.
     *
     * @param deliver run on the agent's thread when the task is thawed, or could not be
     */
    void signal(K task, Runnable deliver) {
        inbox.add(() -> {
            Optional<KnownTasks.Known<K>> begun = tasks.begun(task);
            if (begun.isEmpty()) {
                deliver.run(); // It is held, or just being launched: it is not paused, and what becomes of it is
                // YARN's.
                return;
            }
            rounds.forget(task);
            tasks.attained(task, attainedNanos(begun.get()));
            signalled.put(task, begun.get());
            Answers.whenKnown(runner.remove(task), inbox::add, failure -> {
                deliver.run();
                KnownTasks.Known<K> back = signalled.remove(task);
                if (back != null) {
                    tasks.takeBack(back);
                }
            });
        });
    }

    /** YARN has answered the pause of a task. */
    void pauseAnswered(K task) {
        inbox.add(() -> tasks.relax(task));
    }

    /** The task turned out to be given up by its application when it is silent for so long. */
    void limitSilence(K task, Duration limit) {
        long nanos = limit.toNanos();
        inbox.add(() -> {
            tasks.limitSilence(task, nanos);
            runner.decideAlike(policy -> policy.limitSilence(task, nanos, nanoClock.getAsLong()));
        });
    }

    /** N + Q as the central tier applies it. */
    void launchBound(int bound) {
        inbox.add(() -> runner.launchBound(bound));
    }

    /** The node's parameters are others. */
    void reconfigure(NodeSettings newSettings) {
        inbox.add(() -> runner.reconfigure(newSettings));
    }

    /**
     * Another mode. What is held is launched and what is paused is resumed where nothing is enforced any more; where it is again,
     * tasks are paused until those that run fit.
     */
    void mode(Mode newMode) {
        inbox.add(() -> runner.mode(newMode));
    }

    /** Both at once: nothing is paused for parameters that the new mode does not enforce. */
    void reconfigure(NodeSettings newSettings, Mode newMode) {
        inbox.add(() -> runner.reconfigure(newSettings, newMode));
    }

    /** On what terms the tasks of each application share the node; an application that is not named keeps the terms it has. */
    void terms(Map<String, ApplicationTerms> told) {
        inbox.add(() -> {
            Map<K, TaskTerms> changed = tasks.terms(told);
            if (!changed.isEmpty()) {
                refreshReadings();
                runner.decideAlike(policy -> policy.change(changed, nanoClock.getAsLong()));
            }
        });
    }

    /**
     * What orders the tasks from now on: keys of their applications, the lower the more urgent, finite; an application that is
     * not named gives way to all that are. Empty: the service that each task has attained.
     */
    void keys(Map<String, Double> told) {
        Map<String, Double> keys = Map.copyOf(told);
        inbox.add(() -> {
            runner.keys(keys);
            // It may have come after the question that this is the answer to.
            if (runner.policy() != null && tasks.present().stream().anyMatch(task -> !knowsPlaceOf(task.request()))) {
                whenStrange.run();
            }
        });
    }

    /** The terms of the applications that have tasks here, as far as they are known; completed by the agent's thread. */
    CompletableFuture<Map<String, ApplicationTerms>> applicationTerms() {
        CompletableFuture<Map<String, ApplicationTerms>> answer = new CompletableFuture<>();
        inbox.add(() -> answer.complete(tasks.applicationTerms()));
        return answer;
    }

    /** Tasks of an application that ended before the NodeManager restarted. */
    void endedBefore(String application, EndedTasks before) {
        inbox.add(() -> ended.add(application, before));
    }

    /**
     * The tasks that had begun and have ended here, by application; completed by the agent's thread.
     *
     * @param lives whether an application may have tasks here yet; the others are forgotten. Called by the agent's thread
     */
    CompletableFuture<Map<String, EndedTasks>> endedTasks(Predicate<String> lives) {
        CompletableFuture<Map<String, EndedTasks>> answer = new CompletableFuture<>();
        inbox.add(() -> answer.complete(ended.retain(lives)));
        return answer;
    }

    /** Sets what is run, by the agent's thread, when a task is there of whose application no terms, or no key, are known; before the start. */
    void whenStrange(Runnable action) {
        whenStrange = action;
    }

    /** Pauses that were decided since the start and, as the node only observed, not made. May be called by any thread. */
    long pausesNotMade() {
        return runner.pausesNotMade();
    }

    /** What the node tells of its load; completed by the agent's thread. Empty while there is no policy. */
    CompletableFuture<ServiceSummary> summary() {
        CompletableFuture<ServiceSummary> answer = new CompletableFuture<>();
        inbox.add(() -> {
            NodeScheduler<K> policy = runner.policy();
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
            NodeScheduler<K> policy = runner.policy();
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
        inbox.add(() -> runner.release().whenComplete((done, failure) -> answer.complete(null)));
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
            runner.decideAlike(policy -> policy.started(task, nanoClock.getAsLong()));
            done++;
        }
        for (KnownTasks.Known<K> found : tasks.takeFound()) {
            runner.adopt(found);
            done++;
        }
        done += runner.doWhatIsDue();
        NodeScheduler<K> policy = runner.policy();
        if (policy != null && tasks.size() > 0 && rounds.dueNanos() <= nanoClock.getAsLong()) {
            rounds.advance(policy.tasks(nanoClock.getAsLong()));
            done++;
        }
        if (nanoClock.getAsLong() >= repairNanos) {
            repairNanos = nanoClock.getAsLong() + REPAIR_NANOS;
            tasks.retryThaws();
            runner.repair();
            done++;
        }
        return done;
    }

    /** Tasks are about to be compared: by what they have attained now. */
    private void refreshReadings() {
        NodeScheduler<K> policy = runner.policy();
        if (policy != null && rounds.isStale()) {
            rounds.refresh(policy.tasks(nanoClock.getAsLong()));
        }
    }

    private long dueNanos() {
        long due = runner.dueNanos();
        if (runner.policy() != null && tasks.size() > 0) {
            due = Math.min(due, rounds.dueNanos());
        }
        if (tasks.awaitsProcesses()) {
            due = Math.min(due, nanoClock.getAsLong() + START_POLL_NANOS);
        }
        return tasks.size() == 0 && !tasks.awaitsThaws() ? due : Math.min(due, repairNanos);
    }

    private void noteStranger(TaskRequest<K> request) {
        if (!tasks.knowsTerms(request.application()) || !knowsPlaceOf(request)) {
            whenStrange.run();
        }
    }

    private boolean knowsPlaceOf(TaskRequest<K> request) {
        return runner.knowsPlaceOf(request.application());
    }

    private void run(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException | Error e) {
            runner.failSafe(e);
        }
    }

    /** What the policy says, if it knows the task: a task whose process exited is gone from there before it leaves the node. */
    private long attainedNanos(KnownTasks.Known<K> known) {
        NodeScheduler<K> policy = runner.policy();
        return Optional.ofNullable(policy)
                .flatMap(current -> current.task(known.request().task(), nanoClock.getAsLong()))
                .map(TaskView::attainedNanos)
                .orElse(known.attainedNanos());
    }

    private CompletableFuture<Void> remove(K task) {
        rounds.forget(task);
        Optional.ofNullable(signalled.remove(task))
                .or(() -> tasks.begun(task))
                .ifPresent(known -> ended.add(known.request().application(), attainedNanos(known)));
        return runner.remove(task);
    }
}
