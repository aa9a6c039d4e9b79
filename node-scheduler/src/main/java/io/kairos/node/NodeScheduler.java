/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.Decision.Action;
import io.kairos.node.Decision.Reason;
import io.kairos.node.TaskView.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The node tier: which tasks of one node run now. Least Attained Service over the node's slots, without estimates; or another
 * {@link TaskOrder}, which may change while tasks run: read what follows with its order in the place of attained service.
 *
 * <p>A new task has attained nothing and runs at once, if need be in the place of the running task that has attained most. When
 * a task has run for a quantum and another one has attained distinctly less, they swap. When a task ends, the waiting task that
 * has attained least takes its slots. Tasks are paused and resumed in place; no work is lost. A task preempted too often or
 * paused too long is guaranteed some uninterrupted service.
 *
 * <pre>
 *            no slot, memory
 *   arrive ----------------> HELD
 *      |                      |  slots free, or victims paused
 *      +-------+    +---------+
 *              v    v              started               preempted
 *            LAUNCHING  ----------------------> RUNNING -----------> PAUSED --+  keep-alive pulse:
 *                                               ^  ^    <-----------  ^    ^  |  thawed for a moment,
 *                                               |  |      resumed     |    +--+  beside the slots
 *                           adopt, running -----+  +-- pause failed   |
 *                           adopt, frozen, or resume failed ----------+
 *
 *   finish, from any state: the task is gone
 * </pre>
 *
 * LAUNCHING and RUNNING tasks hold slots. A launching task attains no service and is no victim, for there is no process yet. The
 * slots taken never exceed the node's, except when a pause failed or more tasks were adopted than fit: then victims are paused
 * as soon as there are any, and nobody gets slots before.
 *
 * <p>This class is pure: it has no clock and no thread and does nothing. The caller says what happened and when (nanoseconds of
 * any clock that does not run backwards; an earlier moment than the last one counts as the last one), carries the decisions
 * out in order, reports what failed, and calls {@link #tick} at {@link #nextWakeNanos}. A late tick delays decisions and
 * distorts nothing, because all accounts are kept in moments, never by counting down.
 *
 * <p>Attained service is the wall time a task was thawed, or the CPU time that the caller reads and tells by {@link #observe};
 * {@link ServiceMeasure} says what either means. Who has attained least is always asked of the tasks as they are: nothing is kept
 * in an order that a reading could falsify.
 *
 * <p>Read {@link SlotPolicy} for who runs, {@link Victims} for who gives way, {@link Guarantee}, {@link KeepAlive} and {@link
 * Admission} for the rules their names say, {@link TaskTable} for the books.
 *
 * <p>Not thread-safe; one thread owns it. Source: Kairos (SoCC 2018), node scheduler; the talk and the authors' code. Pulses,
 * maximum pause, wide tasks, weights, other orders, reconfiguration and repairs are additions.
 *
 * @param <K> the tasks' ids
 */
public final class NodeScheduler<K> {
    /** What failed is tried again after this. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    private NodeSettings settings;
    private final ServiceMeasure measure;
    private final TaskTable<K> table;
    private final DecisionLog<K> log;
    private final Admission admission;
    private final Guarantee guarantee;
    private final KeepAlive<K> keepAlive;
    private final SlotPolicy<K> policy;

    /** The latest moment the caller spoke of. */
    private long clock = Moments.BEFORE_ALL;

    private long nextWake = Moments.NEVER;

    /** A scheduler whose attained service is wall time. */
    public NodeScheduler(NodeSettings settings, TaskOrder order) {
        this(settings, order, ServiceMeasure.WALL);
    }

    public NodeScheduler(NodeSettings settings, TaskOrder order, ServiceMeasure measure) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.measure = Objects.requireNonNull(measure, "measure");
        this.table = new TaskTable<>(settings.slots(), measure);
        this.log = new DecisionLog<>(table);
        this.admission = new Admission(settings);
        this.guarantee = new Guarantee(settings);
        this.keepAlive = new KeepAlive<>(settings, table, log);
        this.policy = new SlotPolicy<>(
                settings, Objects.requireNonNull(order, "order"), table, log, admission, guarantee, keepAlive, measure);
    }

    /**
     * A task arrives: it is launched at once (pausing victims if need be) or held.
     *
     * @throws IllegalArgumentException if a task of this id is on the node
     */
    public List<Decision<K>> arrive(TaskRequest<K> request, long nowNanos) {
        long now = advance(nowNanos);
        Task<K> task = table.add(request, 0, now);
        policy.balance(now);
        if (task.state == State.HELD) {
            Reason refusal = admission.refusal(table, task);
            log.add(Action.HOLD, refusal == null ? Reason.NO_SLOT : refusal, task, null, now);
            task.holdAnnounced = true;
        }
        return balanced(now);
    }

    /**
     * A task that was launched before this scheduler existed (node restart). Adopt the running ones first, or frozen ones will
     * be resumed into slots that are not free. A frozen task that must not be paused is resumed at once, whatever the slots.
     *
     * @throws IllegalArgumentException if a task of this id is on the node, or the attained service is negative
     */
    public List<Decision<K>> adopt(TaskRequest<K> request, long attainedNanos, boolean frozen, long nowNanos) {
        if (attainedNanos < 0) {
            throw new IllegalArgumentException(
                    "attained service of " + request.task() + " must be at least 0, was " + attainedNanos + " ns");
        }
        long now = advance(nowNanos);
        Task<K> task = table.add(request, attainedNanos, now);
        if (frozen && request.preemptable()) {
            table.change(task, State.PAUSED, false, now);
            task.pausedSince = now;
            keepAlive.paused(task, now);
        } else {
            table.change(task, State.RUNNING, false, now);
            policy.runsBesides(task, Reason.ADOPTED, now);
            if (frozen) {
                task.pausedSince = now;
                task.resumed = true;
                log.add(Action.RESUME, Reason.ADOPTED, task, null, now);
            }
        }
        return decided(now);
    }

    /** The task's process exists: from now on it attains service and may be paused. Ignored unless the task is launching. */
    public List<Decision<K>> started(K task, long nowNanos) {
        long now = advance(nowNanos);
        Task<K> started = table.get(task);
        if (started != null && started.state == State.LAUNCHING) {
            table.change(started, State.RUNNING, false, now);
            started.startQuantum(settings.quantum().toNanos(), now);
        }
        return decided(now);
    }

    /**
     * What the counters of some tasks say now, in O(tasks); together, so that nobody gives way to a task that is only better
     * known. Ignored of tasks that are unknown or not running or paused, and where a counter says less than the task has
     * attained.
     *
     * @throws IllegalStateException if attained service is wall time, which needs no counters
     */
    public List<Decision<K>> observe(List<Reading<K>> readings, long nowNanos) {
        if (measure != ServiceMeasure.CPU) {
            throw new IllegalStateException("a reading of CPU time, where attained service is wall time");
        }
        long now = advance(nowNanos);
        table.observe(readings, now);
        return decided(now);
    }

    /** The task ended, was killed, or will never launch. Unknown tasks are ignored. */
    public List<Decision<K>> finish(K task, long nowNanos) {
        long now = advance(nowNanos);
        Task<K> finished = table.get(task);
        if (finished != null) {
            table.remove(finished, now);
        }
        return decided(now);
    }

    /**
     * The pause of this task, or the end of its pulse, could not be carried out: it still runs. What it ran since is service. It
     * is no victim for a quantum; the end of a pulse is tried again after a second. Ignored if the task is not paused.
     */
    public List<Decision<K>> pauseFailed(K task, long nowNanos) {
        long now = advance(nowNanos);
        Task<K> victim = table.get(task);
        if (victim == null || victim.state != State.PAUSED) {
            return decided(now);
        }
        if (victim.pulsing || victim.refrozen) {
            keepAlive.endFailed(victim, now);
        } else if (victim.preemptions > 0) {
            guarantee.uncountPreemption(victim);
            table.neverFrozen(victim, State.RUNNING, false, now);
            policy.runsBesides(victim, Reason.FAILED_PAUSE, now);
            victim.exemptUntil = victim.quantumEnd;
            victim.resumeFailed = false;
        }
        return decided(now);
    }

    /**
     * The resume of this task, or the start of its pulse, could not be carried out: it is still frozen. The resume is tried again
     * after a second, the pulse when the next one is due. Ignored if neither was asked for.
     */
    public List<Decision<K>> resumeFailed(K task, long nowNanos) {
        long now = advance(nowNanos);
        Task<K> frozen = table.get(task);
        if (frozen == null) {
            return decided(now);
        }
        if (frozen.pulsing) {
            keepAlive.startFailed(frozen, now);
        } else if (frozen.state == State.RUNNING && frozen.resumed) {
            guarantee.withdraw(frozen);
            frozen.resumed = false;
            frozen.resumeFailed = true;
            frozen.retryAt = Moments.after(now, RETRY_NANOS);
            table.change(frozen, State.PAUSED, false, now);
        }
        return decided(now);
    }

    /** Does what has become due: quanta, guarantees, maximum pauses, pulses, retries. Without effect before the next wake. */
    public List<Decision<K>> tick(long nowNanos) {
        if (nowNanos < nextWake) {
            return List.of();
        }
        long now = advance(nowNanos);
        policy.balance(now);
        policy.endQuanta(now);
        keepAlive.tick(now); // last: it concerns those that still wait
        return balanced(now);
    }

    /** When the next tick has something to do, on the caller's clock; Long.MAX_VALUE if nothing is due ever. */
    public long nextWakeNanos() {
        return nextWake;
    }

    /**
     * N + Q as the central tier knows it; takes effect at the next decision, which is due at once.
     *
     * @throws IllegalArgumentException if it is below the node's slots
     */
    public void launchBound(int bound) {
        NodeSettings.checkBound(bound, settings.slots());
        admission.bound(bound);
        if (table.heldCount() > 0) {
            nextWake = clock;
        }
    }

    /**
     * The node's parameters are others from now on. Tasks keep what they have attained and what they were granted; where slots
     * became fewer, victims are paused, where they became more, waiting tasks run. Quanta under way end when they would have, or
     * when quanta of the new length that begin now do.
     */
    public List<Decision<K>> reconfigure(NodeSettings newSettings, long nowNanos) {
        long now = advance(nowNanos);
        settings = Objects.requireNonNull(newSettings, "newSettings");
        table.resize(newSettings.slots());
        admission.reconfigure(newSettings);
        guarantee.reconfigure(newSettings);
        keepAlive.reconfigure(newSettings);
        policy.reconfigure(newSettings, now);
        return decided(now);
    }

    /**
     * The tasks are ordered by another order from now on; to be called with a new one, too, when what it is made of has changed.
     * Tasks keep what they have attained and what they were granted. Held tasks preempt by the new order at once, paused ones at
     * the ends of quanta, which come when they would have, those that come just now included.
     */
    public List<Decision<K>> reorder(TaskOrder newOrder, long nowNanos) {
        long now = advance(nowNanos);
        policy.reorder(Objects.requireNonNull(newOrder, "newOrder"));
        return decided(now);
    }

    /**
     * Some tasks share the node on other terms from now on; unknown tasks are ignored. A paused task that must not be paused any
     * more is resumed at once, whatever the slots, unless its last resume failed: then it is resumed when that is tried again.
     */
    public List<Decision<K>> change(Map<K, TaskTerms> terms, long nowNanos) {
        long now = advance(nowNanos);
        for (Task<K> task : table.inOrderOfArrival()) {
            TaskTerms changed = terms.get(task.request.task());
            if (changed != null && !changed.equals(task.request.terms())) {
                change(task, changed, now);
            }
        }
        return decided(now);
    }

    /** A task turned out to be given up when it is silent for so long; an unknown one is ignored. */
    public List<Decision<K>> limitSilence(K task, long nanos, long nowNanos) {
        long now = advance(nowNanos);
        Task<K> limited = table.get(task);
        if (limited != null) {
            limited.request = limited.request.silentAtMost(nanos);
            keepAlive.schedule(limited);
        }
        return decided(now);
    }

    private void change(Task<K> task, TaskTerms terms, long now) {
        table.change(task, terms, now);
        keepAlive.schedule(task);
        if (task.state == State.PAUSED && !terms.preemptable() && task.retryAt <= now) {
            policy.release(task, now);
        }
    }

    /** The node's load. Mean and variance cost O(distinct weights), the attained service by application O(tasks). */
    public ServiceSummary summary(long nowNanos) {
        long now = Math.max(clock, nowNanos);
        double least = Double.MAX_VALUE;
        double most = 0;
        boolean runs = false;
        Map<String, Long> byApplication = new HashMap<>();
        for (Task<K> task : table.inOrderOfArrival()) {
            long attained = task.attained(now);
            byApplication.merge(task.request.application(), attained, Long::sum);
            if (task.state == State.RUNNING) {
                runs = true;
                least = Math.min(least, task.aged(now));
                most = Math.max(most, task.aged(now));
            }
        }
        return new ServiceSummary(
                table.running().size(),
                table.pausedCount(),
                table.heldCount(),
                table.moments().mean(now),
                table.moments().variance(now),
                runs ? Math.round(least) : 0,
                Math.round(most),
                byApplication);
    }

    /** The population variance of attained service that {@link #summary} tells, alone: O(distinct weights) and without garbage. */
    public double varianceNanos2(long nowNanos) {
        return table.moments().variance(Math.max(clock, nowNanos));
    }

    /** All tasks of the node, in order of arrival. */
    public List<TaskView<K>> tasks(long nowNanos) {
        long now = Math.max(clock, nowNanos);
        List<TaskView<K>> views = new ArrayList<>();
        for (Task<K> task : table.inOrderOfArrival()) {
            views.add(task.view(now));
        }
        return List.copyOf(views);
    }

    /** One task of the node, empty if it is not there. */
    public Optional<TaskView<K>> task(K task, long nowNanos) {
        return Optional.ofNullable(table.get(task)).map(found -> found.view(Math.max(clock, nowNanos)));
    }

    /** Begins each call. Should the caller's order of tasks throw, decisions made by then are told by the next call or tick. */
    private long advance(long nowNanos) {
        clock = Math.max(clock, nowNanos);
        nextWake = Moments.after(clock, RETRY_NANOS);
        policy.passQuanta(clock);
        if (table.waiting().isEmpty()) {
            policy.renewQuanta(clock); // quanta that ended while nobody waited
        }
        return clock;
    }

    /** Ends each call: whatever happened, nobody waits who could run. */
    private List<Decision<K>> decided(long now) {
        policy.balance(now);
        return balanced(now);
    }

    /** Ends those that have seen to that themselves. */
    private List<Decision<K>> balanced(long now) {
        nextWake = policy.nextWake(now);
        for (int i = 0; i < table.waiting().size(); i++) {
            nextWake = Math.min(nextWake, keepAlive.nextWake(table.waiting().get(i)));
        }
        assert verifyState(now);
        return log.drain();
    }

    /** The invariants; always true, or an AssertionError that names the one violated. */
    private boolean verifyState(long now) {
        return table.verify() && policy.verify(now);
    }
}
