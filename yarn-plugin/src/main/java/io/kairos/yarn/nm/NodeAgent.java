/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.ServiceSummary;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Supplier<NodeScheduler<K>> schedulers;
    private final TaskControl<K> control;
    private final AgentListener<K> listener;
    private final LongSupplier nanoClock;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

    /** What the agent itself knows of each task, so that it can go on without the policy. */
    private final Map<K, Known<K>> known = new LinkedHashMap<>();

    private final Set<K> starting = new LinkedHashSet<>();
    private final Set<K> adopting = new LinkedHashSet<>();
    private @Nullable NodeScheduler<K> scheduler;
    private long restartNanos;
    private OptionalInt launchBound = OptionalInt.empty();
    private boolean released;

    NodeAgent(
            Supplier<NodeScheduler<K>> schedulers,
            TaskControl<K> control,
            AgentListener<K> listener,
            LongSupplier nanoClock) {
        this.schedulers = schedulers;
        this.control = control;
        this.listener = listener;
        this.nanoClock = nanoClock;
        this.scheduler = schedulers.get();
    }

    private static final class Known<K> {
        final TaskRequest<K> request;
        long attainedNanos;
        boolean launched;
        boolean frozen;

        Known(TaskRequest<K> request, long attainedNanos, boolean launched, boolean frozen) {
            this.request = request;
            this.attainedNanos = attainedNanos;
            this.launched = launched;
            this.frozen = frozen;
        }
    }

    /** A task asks to be launched. */
    void arrive(TaskRequest<K> request) {
        inbox.add(() -> {
            known.put(request.task(), new Known<>(request, 0, false, false));
            decide(policy -> policy.arrive(request, nanoClock.getAsLong()));
        });
    }

    /** A task was found that an earlier agent launched. The policy adopts it once its processes are found, frozen or not. */
    void adopt(TaskRequest<K> request, long attainedNanos) {
        inbox.add(() -> {
            known.put(request.task(), new Known<>(request, attainedNanos, true, false));
            adopting.add(request.task());
        });
    }

    /**
     * A task ended or is about to be killed: it is thawed, so that the kill reaches it, and its slots are given away.
     *
     * @param afterwards run on the agent's thread when that was done
     */
    void finish(K task, Runnable afterwards) {
        inbox.add(() -> {
            try {
                remove(task);
            } finally {
                afterwards.run();
            }
        });
    }

    /** N + Q as the central tier applies it. */
    void launchBound(int bound) {
        inbox.add(() -> {
            launchBound = OptionalInt.of(bound);
            NodeScheduler<K> policy = scheduler;
            if (policy != null) {
                policy.launchBound(bound);
                decide(current -> current.tick(nanoClock.getAsLong()));
            }
        });
    }

    /** What the node tells of its load; completed by the agent's thread. Empty while there is no policy. */
    CompletableFuture<ServiceSummary> summary() {
        CompletableFuture<ServiceSummary> answer = new CompletableFuture<>();
        inbox.add(() -> {
            NodeScheduler<K> policy = scheduler;
            answer.complete(
                    policy == null
                            ? new ServiceSummary(known.size(), 0, 0, 0, 0, 0, 0, Map.of())
                            : policy.summary(nanoClock.getAsLong()));
        });
        return answer;
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
     * Completed by the agent's thread.
     */
    CompletableFuture<Void> release() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        inbox.add(() -> {
            released = true;
            scheduler = null;
            restartNanos = Long.MAX_VALUE;
            releaseAll();
            answer.complete(null);
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
        for (K task : List.copyOf(starting)) {
            if (control.isStarted(task)) {
                starting.remove(task);
                decide(policy -> policy.started(task, nanoClock.getAsLong()));
                done++;
            }
        }
        done += adoptStarted();
        NodeScheduler<K> policy = scheduler;
        if (policy == null && nanoClock.getAsLong() >= restartNanos) {
            restart();
            done++;
        } else if (policy != null && policy.nextWakeNanos() <= nanoClock.getAsLong()) {
            decide(current -> current.tick(nanoClock.getAsLong()));
            done++;
        }
        return done;
    }

    private long dueNanos() {
        NodeScheduler<K> policy = scheduler;
        long due = policy == null ? restartNanos : policy.nextWakeNanos();
        return starting.isEmpty() && adopting.isEmpty() ? due : Math.min(due, nanoClock.getAsLong() + START_POLL_NANOS);
    }

    /** Running tasks come first: a frozen one would be resumed into a slot that is not free. */
    private int adoptStarted() {
        List<Known<K>> running = new ArrayList<>();
        List<Known<K>> frozen = new ArrayList<>();
        for (K task : List.copyOf(adopting)) {
            Known<K> state = known.get(task);
            if (state != null && control.isStarted(task)) {
                adopting.remove(task);
                state.frozen = isStillFrozen(task);
                (state.frozen ? frozen : running).add(state);
            }
        }
        running.addAll(frozen);
        running.forEach(this::adopt);
        return running.size();
    }

    private void adopt(Known<K> state) {
        decide(policy -> policy.adopt(state.request, state.attainedNanos, state.frozen, nanoClock.getAsLong()));
    }

    /** A task found frozen is paused once more, so that clients see it paused; should that fail, it runs. */
    private boolean isStillFrozen(K task) {
        try {
            if (!control.isFrozen(task)) {
                return false;
            }
            control.pause(task);
            return true;
        } catch (IOException e) {
            listener.failed("pause of " + task + ", found frozen,", e);
            return false;
        }
    }

    private void run(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException e) {
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
        } catch (RuntimeException e) {
            failSafe(e);
        }
    }

    private List<Decision<K>> carryOut(NodeScheduler<K> policy, Decision<K> decision) {
        K task = decision.task();
        Known<K> state = known.get(task);
        if (state == null) {
            return List.of();
        }
        state.attainedNanos = decision.attainedNanos();
        switch (decision.action()) {
            case LAUNCH -> launch(task, state);
            case PAUSE, PULSE_END -> {
                try {
                    freeze(decision, state);
                } catch (IOException e) {
                    listener.failed("pause of " + task, e);
                    return policy.pauseFailed(task, nanoClock.getAsLong());
                }
            }
            case RESUME, PULSE_START -> {
                try {
                    thaw(decision, state);
                } catch (IOException e) {
                    listener.failed("resume of " + task, e);
                    return policy.resumeFailed(task, nanoClock.getAsLong());
                }
            }
            case HOLD, GUARANTEE -> {
                // Nothing to carry out.
            }
        }
        return List.of();
    }

    private void launch(K task, Known<K> state) {
        state.launched = true;
        starting.add(task);
        control.launch(task);
    }

    private void freeze(Decision<K> decision, Known<K> state) throws IOException {
        // Marked first: should the freeze fail half-way, the task is thawed once too often rather than once too seldom.
        state.frozen = true;
        if (decision.action() == Decision.Action.PAUSE) {
            control.pause(decision.task());
        } else {
            control.endPulse(decision.task());
        }
    }

    private void thaw(Decision<K> decision, Known<K> state) throws IOException {
        if (decision.action() == Decision.Action.RESUME) {
            control.resume(decision.task());
            state.frozen = false;
        } else {
            control.startPulse(decision.task());
        }
    }

    private void remove(K task) {
        starting.remove(task);
        adopting.remove(task);
        Known<K> state = known.remove(task);
        if (state == null) {
            return;
        }
        if (state.frozen) {
            thawQuietly(task);
        }
        NodeScheduler<K> policy = scheduler;
        if (policy == null) {
            return;
        }
        long now = nanoClock.getAsLong();
        TaskView<K> last = null;
        for (TaskView<K> view : policy.tasks(now)) {
            if (view.request().task().equals(task)) {
                last = view;
            }
        }
        TaskView<K> view = last;
        decide(current -> {
            List<Decision<K>> decisions = current.finish(task, now);
            if (view != null) {
                reportFinished(view, now, current, decisions);
            }
            return decisions;
        });
    }

    private void reportFinished(TaskView<K> view, long now, NodeScheduler<K> policy, List<Decision<K>> decisions) {
        ServiceSummary summary = policy.summary(now);
        if (decisions.isEmpty()) {
            listener.finished(view, now, summary.running(), summary.paused(), summary.held());
            return;
        }
        // The task left before the decisions that its leaving led to: show the counts as they were in between.
        int running = summary.running();
        int paused = summary.paused();
        int held = summary.held();
        for (Decision<K> decision : decisions) {
            switch (decision.action()) {
                case LAUNCH -> {
                    running--;
                    held++;
                }
                case RESUME -> {
                    running--;
                    paused++;
                }
                case PAUSE -> {
                    running++;
                    paused--;
                }
                default -> {
                    // Moves no task between the three.
                }
            }
        }
        listener.finished(view, now, running, paused, held);
    }

    private void failSafe(RuntimeException cause) {
        listener.failed("the node policy", cause);
        scheduler = null;
        restartNanos = nanoClock.getAsLong() + RESTART_NANOS;
        releaseAll();
    }

    private void releaseAll() {
        for (Map.Entry<K, Known<K>> entry : new ArrayList<>(known.entrySet())) {
            Known<K> state = entry.getValue();
            if (!state.launched && !released) {
                launch(entry.getKey(), state);
            }
            if (state.frozen && thawQuietly(entry.getKey())) {
                state.frozen = false;
            }
        }
    }

    private boolean thawQuietly(K task) {
        try {
            control.resume(task);
            return true;
        } catch (IOException | RuntimeException e) {
            listener.failed("thaw of " + task, e);
            return false;
        }
    }

    private void restart() {
        restartNanos = nanoClock.getAsLong() + RESTART_NANOS;
        releaseAll();
        try {
            NodeScheduler<K> fresh = schedulers.get();
            launchBound.ifPresent(fresh::launchBound);
            scheduler = fresh;
        } catch (RuntimeException e) {
            failSafe(e);
            return;
        }
        for (Known<K> state : List.copyOf(known.values())) {
            if (scheduler == null) {
                return;
            }
            if (!adopting.contains(state.request.task())) {
                adopt(state);
            }
        }
    }
}
