/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskTerms;
import io.kairos.yarn.protocol.ApplicationTerms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The tasks of a node as its agent knows them, and all that is done to them. It keeps no policy's word: whatever becomes of the
 * policy, every held task can be launched and every frozen one thawed. Confined to the agent's thread.
 *
 * @param <K> task id
 */
final class KnownTasks<K> {
    private final TaskControl<K> control;
    private final AgentListener<K> listener;
    private final Executor agentThread;
    private final Map<K, Known<K>> known = new LinkedHashMap<>();
    private final Map<String, ApplicationTerms> terms = new HashMap<>();
    private final FailedThaws failedThaws;

    /** Launched, but their processes have not been seen yet. */
    private final Set<K> starting = new LinkedHashSet<>();

    /** Launched, but without processes: an earlier agent's that have not been found yet, or exited ones that YARN may relaunch. */
    private final Set<K> missing = new LinkedHashSet<>();

    /** @param agentThread where answers that come late are heard */
    KnownTasks(TaskControl<K> control, AgentListener<K> listener, Executor agentThread) {
        this.control = control;
        this.listener = listener;
        this.agentThread = agentThread;
        this.failedThaws = new FailedThaws(agentThread);
    }

    /** One task; {@code frozen} if its processes may be frozen. */
    static final class Known<K> {
        private final boolean canBePaused;
        private final boolean optsOut;
        private TaskRequest<K> request;
        private long attainedNanos;
        private boolean launched;
        private boolean unseen;
        private boolean frozen;
        private long operations;
        private int unanswered;
        private boolean relaxing;

        private Known(TaskRequest<K> request, boolean optsOut, long attainedNanos, boolean launched) {
            this.request = request;
            this.canBePaused = request.preemptable();
            this.optsOut = optsOut;
            this.attainedNanos = attainedNanos;
            this.launched = launched;
        }

        TaskRequest<K> request() {
            return request;
        }

        long attainedNanos() {
            return attainedNanos;
        }

        boolean launched() {
            return launched;
        }

        boolean frozen() {
            return frozen;
        }
    }

    int size() {
        return known.size();
    }

    /**
     * Adds a held task.
     *
     * @param request preemptable if anybody could pause the task
     * @param optsOut whether the task says of itself that it must not be paused
     * @return the task on the terms of its application
     */
    TaskRequest<K> add(TaskRequest<K> request, boolean optsOut) {
        return add(new Known<>(request, optsOut, 0, false));
    }

    private TaskRequest<K> add(Known<K> task) {
        task.request = task.request.on(terms(task));
        known.put(task.request.task(), task);
        return task.request;
    }

    private TaskTerms terms(Known<K> task) {
        return terms.getOrDefault(task.request.application(), ApplicationTerms.DEFAULT)
                .of(task.canBePaused, task.optsOut);
    }

    /** The terms that are known. */
    Map<String, ApplicationTerms> applicationTerms() {
        return Map.copyOf(terms);
    }

    /** Whether the terms of the application are known. */
    boolean knowsTerms(String application) {
        return terms.containsKey(application);
    }

    /**
     * Applications have such terms from now on; one that is not named keeps its own while it has a task here.
     *
     * @return the terms of the tasks that have others now than before
     */
    Map<K, TaskTerms> terms(Map<String, ApplicationTerms> told) {
        terms.putAll(told);
        Set<String> present = new HashSet<>();
        known.values().forEach(task -> present.add(task.request.application()));
        terms.keySet().retainAll(present);
        Map<K, TaskTerms> changed = new HashMap<>();
        known.forEach((id, task) -> {
            TaskTerms now = terms(task);
            if (!now.equals(task.request.terms())) {
                task.request = task.request.on(now);
                changed.put(id, now);
            }
        });
        return changed;
    }

    /** The task turned out to be given up when it is silent for so long. */
    void limitSilence(K task, long nanos) {
        Known<K> state = known.get(task);
        if (state != null) {
            state.request = state.request.silentAtMost(nanos);
        }
    }

    /** Whether the task's processes have been seen and are not known to be gone. */
    boolean hasProcesses(K task) {
        Known<K> state = known.get(task);
        return state != null && state.launched && !starting.contains(task) && !missing.contains(task);
    }

    /** Adds a task that an earlier agent launched; {@link #takeFound} gives it once its processes are seen. */
    void addLaunched(TaskRequest<K> request, boolean optsOut, RecoveryFile.Recovered recovered) {
        recovered.terms().ifPresent(known -> terms.putIfAbsent(request.application(), known));
        Known<K> task = new Known<>(request, optsOut, recovered.attainedNanos(), true);
        task.unseen = true;
        add(task);
        missing.add(request.task());
    }

    /** The task if an earlier agent launched it and no policy has heard of it since: its processes were not found. */
    Optional<Known<K>> unseen(K task) {
        return Optional.ofNullable(known.get(task)).filter(state -> state.unseen);
    }

    /** Adds a task that was removed, on the terms that hold now; {@link #takeFound} gives it if it still has processes. */
    void takeBack(Known<K> task) {
        task.unseen = false;
        add(task);
        missing.add(task.request.task());
    }

    /** The task if it has begun: its processes were seen, now or by an earlier agent. */
    Optional<Known<K>> begun(K task) {
        return Optional.ofNullable(known.get(task)).filter(state -> state.launched && !starting.contains(task));
    }

    /** What the task had attained when the policy saw it last. */
    void attained(K task, long nanos) {
        Known<K> state = known.get(task);
        if (state != null) {
            state.attainedNanos = nanos;
        }
    }

    boolean contains(K task) {
        return known.containsKey(task);
    }

    /**
     * Thaws the task and forgets it; the future tells when it is thawed, or could not be. In that case {@link #retryThaws} goes on
     * trying.
     */
    CompletableFuture<Void> remove(K task) {
        starting.remove(task);
        missing.remove(task);
        Known<K> state = known.remove(task);
        if (state == null || !state.frozen) {
            return Answers.DONE;
        }
        Supplier<CompletableFuture<Void>> again = control.lastThaw(task); // before everybody else forgets it
        CompletableFuture<Void> tried = thaw(state);
        Answers.whenKnown(tried, agentThread, none -> {
            if (state.frozen) {
                failedThaws.add(again);
            }
        });
        return tried;
    }

    /** Tries once more to thaw the tasks that were frozen when they were removed, and are still. */
    void retryThaws() {
        failedThaws.retry();
    }

    /** Whether there is something for {@link #retryThaws} to do. */
    boolean awaitsThaws() {
        return !failedThaws.isEmpty();
    }

    /** Applications of tasks that an earlier agent launched and whose processes are not found yet. */
    List<String> missingApplications() {
        return missing.stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .map(task -> task.request().application())
                .toList();
    }

    /** Whether there are tasks whose processes must be looked for. */
    boolean awaitsProcesses() {
        return !starting.isEmpty() || !missing.isEmpty();
    }

    /** The launched tasks whose processes have been seen since the last call. */
    List<K> takeStarted() {
        return take(starting);
    }

    /**
     * The missing tasks whose processes have been found since the last call. Running tasks come first: a frozen one
     * would be resumed into a slot that is not free.
     */
    List<Known<K>> takeFound() {
        List<Known<K>> running = new ArrayList<>();
        List<Known<K>> frozen = new ArrayList<>();
        for (K task : take(missing)) {
            Known<K> state = known.get(task);
            if (state != null) {
                state.unseen = false;
                state.frozen = isStillFrozen(state);
                (state.frozen ? frozen : running).add(state);
            }
        }
        running.addAll(frozen);
        return running;
    }

    /** All tasks whose processes need not be found first. */
    List<Known<K>> present() {
        return known.values().stream()
                .filter(task -> !missing.contains(task.request.task()))
                .toList();
    }

    /** Does to a task what was decided; nothing if the task is gone. If it fails, the task is as it was. */
    CompletableFuture<Void> carryOut(Decision<K> decision) {
        K task = decision.task();
        Known<K> state = known.get(task);
        if (state == null) {
            return Answers.DONE;
        }
        state.attainedNanos = decision.attainedNanos();
        switch (decision.action()) {
            case LAUNCH -> {
                launch(task, state);
                return Answers.DONE;
            }
            case PAUSE -> {
                // Marked first: should it fail half-way, the task is thawed once too often rather than once too seldom.
                state.frozen = true;
                return asked(state, control.pause(task));
            }
            case RESUME -> {
                return asked(state, control.resume(task));
            }
            case PULSE_START -> {
                return asked(state, control.startPulse(task));
            }
            case PULSE_END -> {
                return asked(state, control.endPulse(task));
            }
            case HOLD, GUARANTEE -> {
                return Answers.DONE;
            }
        }
        throw new AssertionError(decision);
    }

    /** What was decided is done. */
    void carriedOut(Decision<K> decision) {
        Known<K> state = known.get(decision.task());
        if (state != null && decision.action() == Decision.Action.RESUME) {
            state.frozen = false;
        }
    }

    /**
     * Looks whether somebody froze or thawed a task behind the agent's back, and puts that right. A silent engine that does late
     * what it was asked long ago is such a somebody.
     *
     * @return empty if the task is as it should be or cannot be looked at now
     */
    Optional<CompletableFuture<Void>> repair(K task, boolean shouldBeFrozen) {
        Known<K> state = known.get(task);
        if (state == null || state.unanswered > 0) {
            return Optional.empty();
        }
        try {
            if (control.isFrozen(task) == shouldBeFrozen) {
                if (shouldBeFrozen) {
                    relax(task); // it may have failed to
                }
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty(); // It is ending, or the next look tells.
        }
        listener.repaired(task, shouldBeFrozen);
        state.frozen = true;
        return Optional.of(asked(state, shouldBeFrozen ? control.pause(task) : control.resume(task)));
    }

    /** YARN has answered the pause of the task, which may crawl from now on if that is the way it is paused. */
    void relax(K task) {
        Known<K> state = known.get(task);
        if (state == null || state.relaxing) {
            return;
        }
        state.relaxing = true;
        Answers.whenKnown(control.relax(task), agentThread, failure -> {
            state.relaxing = false;
            if (failure != null && !(failure instanceof TaskEndingException)) {
                listener.failed("slowing down, instead of freezing, of " + task, failure);
            }
        });
    }

    /** How often the task was frozen or thawed; tells whether an answer is the one to the latest ask. */
    long operations(K task) {
        Known<K> state = known.get(task);
        return state == null ? -1 : state.operations;
    }

    /** The task's process is gone, but it has not left the node: it leaves soon, or YARN starts it anew. */
    void exited(K task) {
        starting.remove(task);
        Known<K> state = known.get(task);
        if (state != null) {
            state.frozen = false;
            missing.add(task);
        }
    }

    /** Launches every held task; one that cannot be launched is told and kept for the next call. */
    void launchAll() {
        for (Known<K> state : List.copyOf(known.values())) {
            if (!state.launched) {
                try {
                    launch(state.request.task(), state);
                } catch (RuntimeException | Error e) {
                    listener.failed("launch of " + state.request.task(), e);
                }
            }
        }
    }

    /**
     * Thaws every task that may be frozen, those removed too; one that cannot be thawed is told and kept for the next call.
     *
     * @return ends when all were tried
     */
    CompletableFuture<Void> thawAll() {
        CompletableFuture<Void> removed = failedThaws.retry();
        return CompletableFuture.allOf(known.values().stream().map(this::thaw).toArray(CompletableFuture<?>[]::new))
                .thenCombine(removed, (first, second) -> null);
    }

    private List<K> take(Set<K> waiting) {
        List<K> taken = new ArrayList<>();
        for (K task : List.copyOf(waiting)) {
            if (control.isStarted(task)) {
                waiting.remove(task);
                taken.add(task);
            }
        }
        return taken;
    }

    private void launch(K task, Known<K> state) {
        control.launch(task);
        state.launched = true;
        starting.add(task);
    }

    /** A task found frozen is paused once more, so that clients see it paused; should that fail, it runs. */
    private boolean isStillFrozen(Known<K> state) {
        K task = state.request.task();
        try {
            if (!control.isFrozen(task)) {
                return false;
            }
            Answers.await(control.pause(task));
            return true;
        } catch (IOException e) {
            listener.failed("pause of " + task + ", found frozen,", e);
            state.frozen = true;
            thaw(state);
            return false;
        }
    }

    private CompletableFuture<Void> asked(Known<K> state, CompletableFuture<Void> answer) {
        state.operations++;
        state.unanswered++;
        Answers.whenKnown(answer, agentThread, failure -> state.unanswered--);
        return answer;
    }

    /** Never fails: a task that cannot be thawed is told. */
    private CompletableFuture<Void> thaw(Known<K> state) {
        if (!state.frozen) {
            return Answers.DONE;
        }
        K task = state.request.task();
        long operation = state.operations + 1;
        CompletableFuture<Void> told = new CompletableFuture<>();
        CompletableFuture<Void> thawed;
        try {
            thawed = asked(state, control.resume(task));
        } catch (RuntimeException | Error e) {
            thawed = CompletableFuture.failedFuture(e);
        }
        Answers.whenKnown(thawed, agentThread, failure -> {
            if (failure != null) {
                listener.failed("thaw of " + task, failure);
            } else if (state.operations == operation) {
                state.frozen = false;
            }
            told.complete(null);
        });
        return told;
    }
}
