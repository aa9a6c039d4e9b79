/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.Decision.Action;
import io.kairos.node.Decision.Reason;
import io.kairos.node.TaskView.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has the slots: the first tasks by the {@link TaskOrder} in force, Least Attained Service unless another one is, with
 * preemption by arrivals ({@link #balance}) and at the end of quanta ({@link #endQuanta}). Both leave no waiting task aside that
 * could run now.
 */
final class SlotPolicy<K> {
    /** More nanoseconds than will ever pass. */
    private static final double BEYOND = 0x1p61;

    private final ServiceMeasure measure;
    private final TaskTable<K> table;
    private final DecisionLog<K> log;
    private final Admission admission;
    private final Guarantee guarantee;
    private final KeepAlive<K> keepAlive;

    private TaskOrder order;
    private Victims victims;
    private long quantumNanos;

    /** Why more slots are taken than the node has; null if that is not so. */
    private @Nullable Reason overcommitted;

    SlotPolicy(
            NodeSettings settings,
            TaskOrder order,
            TaskTable<K> table,
            DecisionLog<K> log,
            Admission admission,
            Guarantee guarantee,
            KeepAlive<K> keepAlive,
            ServiceMeasure measure) {
        this.measure = measure;
        this.table = table;
        this.log = log;
        this.admission = admission;
        this.guarantee = guarantee;
        this.keepAlive = keepAlive;
        this.order = order;
        this.victims = new Victims(order);
        this.quantumNanos = settings.quantum().toNanos();
    }

    /** Quanta under way end when they would have, or when quanta of the new length that begin now do. */
    void reconfigure(NodeSettings settings, long now) {
        long newQuantumNanos = settings.quantum().toNanos();
        List<Task<K>> running = table.running();
        for (int i = 0; i < running.size(); i++) {
            Task<K> task = running.get(i);
            // One that ends just now and needs no tick is over: the next one is under way.
            task.passQuanta(quantumNanos, now + 1);
            if (!task.request.preemptable()) {
                task.renewQuantum(quantumNanos, now); // none of its quanta needs a tick
            }
            task.shortenQuantum(newQuantumNanos, now);
        }
        quantumNanos = newQuantumNanos;
        if (table.freeSlots() < 0) {
            overcommitted = Reason.SETTINGS;
        }
    }

    /**
     * Another order from now on. What was known of the ends of quanta under the old one is void: each counts that comes now or
     * later. To be called when {@link #passQuanta} has let those pass that came before.
     */
    void reorder(TaskOrder newOrder) {
        order = newOrder;
        victims = new Victims(newOrder);
        List<Task<K>> running = table.running();
        for (int i = 0; i < running.size(); i++) {
            running.get(i).decideAtEachEnd();
        }
    }

    /** A paused task must not be paused any more: it runs at once, and who gives way for it is found next. */
    void release(Task<K> task, long now) {
        Reason cause = task.resumeFailed ? Reason.FAILED_RESUME : Reason.SETTINGS;
        run(task, cause, null, now);
        if (table.freeSlots() < 0) {
            overcommitted = cause;
        }
    }

    /** Tasks that must not be paused and are, since a resume failed: the next try is due, whatever the slots. */
    private void releaseAgain(long now) {
        List<Task<K>> waiting = table.waiting();
        int next = 0;
        while (next < waiting.size()) {
            Task<K> task = waiting.get(next);
            if (task.state == State.PAUSED && !task.request.preemptable() && task.retryAt <= now) {
                release(task, now); // and waits no more
            } else {
                next++;
            }
        }
    }

    /** A task runs that the slots may not suffice for: the next balance makes up for it. */
    void runsBesides(Task<K> task, Reason cause, long now) {
        task.startQuantum(quantumNanos, now);
        if (table.freeSlots() < 0) {
            overcommitted = cause;
        }
    }

    /** Repairs an overcommitted node, then lets waiting tasks run, the most urgent first, until none can. */
    void balance(long now) {
        releaseAgain(now);
        if (overcommitted != null) {
            repair(overcommitted, now);
        }
        while (overcommitted == null && runMostUrgent(now)) {
            // each round runs one task
        }
    }

    /** Ends the quanta that are due, those of the least urgent tasks first: so nobody gives way to one who gave way just now. */
    void endQuanta(long now) {
        for (Task<K> ended = nextEndedQuantum(now); ended != null; ended = nextEndedQuantum(now)) {
            ended.renewQuantum(quantumNanos, now);
            if (overcommitted == null && ended.mayBeVictim(now) && swap(ended, now)) {
                balance(now); // a wide victim may have left slots over
            }
        }
    }

    /** Renews all quanta that are due; for when nobody waits. */
    void renewQuanta(long now) {
        List<Task<K>> running = table.running();
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).state == State.RUNNING) {
                running.get(i).renewQuantum(quantumNanos, now);
            }
        }
    }

    /**
     * Lets the quanta pass of which it was known that nobody would take their task's place: they need no tick. To be called before
     * anything changes.
     */
    void passQuanta(long now) {
        List<Task<K>> running = table.running();
        for (int i = 0; i < running.size(); i++) {
            running.get(i).passQuanta(quantumNanos, now);
        }
    }

    /** When {@link #balance} or {@link #endQuanta} has something to do next, if nothing happens until then. */
    long nextWake(long now) {
        long wake = Moments.NEVER;
        List<Task<K>> waiting = table.waiting();
        if (waiting.isEmpty() && overcommitted == null) {
            return wake;
        }
        boolean foreseesLead = foreseesLead();
        double mostUrgent = foreseesLead ? mostUrgentWaiting(now) : 0;
        List<Task<K>> running = table.running();
        for (int i = 0; i < running.size(); i++) {
            Task<K> task = running.get(i);
            if (task.state == State.RUNNING && task.request.preemptable()) {
                if (foreseesLead) {
                    task.decideFrom(ledFrom(task, mostUrgent, now), quantumNanos);
                }
                wake = Math.min(wake, task.decisiveEnd);
                wake = task.protectedUntil() > now ? Math.min(wake, task.protectedUntil()) : wake;
            }
        }
        for (int i = 0; i < waiting.size(); i++) {
            wake = Math.min(wake, nextWake(waiting.get(i), now));
        }
        return wake;
    }

    /** Whether it can be told when a running task will have attained more than another one. */
    private boolean foreseesLead() {
        return measure == ServiceMeasure.WALL && order.isAttainedService();
    }

    /** Of the tasks that may run, now or when time has passed. */
    private double mostUrgentWaiting(long now) {
        double mostUrgent = Double.POSITIVE_INFINITY;
        List<Task<K>> waiting = table.waiting();
        for (int i = 0; i < waiting.size(); i++) {
            Task<K> task = waiting.get(i);
            if (task.state == State.PAUSED || mayRun(task, now)) {
                mostUrgent = Math.min(mostUrgent, task.priority(order, now));
            }
        }
        return mostUrgent;
    }

    /** From when on a waiting task leads the running one by enough; a moment early rather than late, for rounding. */
    private long ledFrom(Task<K> running, double mostUrgent, long now) {
        double lead = order.requiredLead(quantumNanos) + mostUrgent - running.priority(order, now);
        double nanos = lead * running.request.weight();
        return nanos < BEYOND ? Moments.after(now, (long) nanos - 1) : Moments.NEVER;
    }

    private long nextWake(Task<K> task, long now) {
        if (task.state == State.HELD) {
            // A victim that has run no longer than the new task yet will have in a moment.
            boolean soon = overcommitted == null
                    && admission.refusal(table, task) == null
                    && victims.forNewTask(table, task, now + 1) != null;
            return soon ? now + 1 : Moments.NEVER;
        }
        if (task.retryAt > now) {
            return task.retryAt;
        }
        long overdueAt = guarantee.overdueAt(task);
        return overdueAt > now ? overdueAt : Moments.NEVER;
    }

    private void repair(Reason cause, long now) {
        while (table.freeSlots() < 0) {
            List<Task<K>> chosen = victims.forRepair(table, now);
            if (chosen.isEmpty()) {
                return;
            }
            pauseAll(chosen, cause, null, now);
        }
        overcommitted = null;
    }

    /** Lets the most urgent of the tasks that can run now run; false if none can. */
    private boolean runMostUrgent(long now) {
        Task<K> best = null;
        List<Task<K>> bestVictims = List.of();
        List<Task<K>> waiting = table.waiting();
        for (int i = 0; i < waiting.size(); i++) {
            Task<K> task = waiting.get(i);
            if (mayRun(task, now) && (best == null || comesBefore(task, best, now))) {
                List<Task<K>> chosen = makeRoom(task, now);
                if (chosen != null) {
                    best = task;
                    bestVictims = chosen;
                }
            }
        }
        if (best == null) {
            return false;
        }
        boolean overdue = guarantee.overdue(best, now);
        Task<K> counterpart = bestVictims.isEmpty() ? null : bestVictims.get(0);
        pauseAll(bestVictims, overdue ? Reason.PAUSED_TOO_LONG : Reason.ARRIVAL, best, now);
        boolean asNew = !best.holdAnnounced || counterpart != null;
        Reason reason = best.state == State.HELD && asNew ? Reason.ARRIVAL : Reason.FREE_SLOT;
        run(best, overdue ? Reason.PAUSED_TOO_LONG : reason, counterpart, now);
        return true;
    }

    /** Memory, bound and a failed resume put no obstacle in the waiting task's way. */
    private boolean mayRun(Task<K> task, long now) {
        return task.state == State.HELD ? admission.refusal(table, task) == null : task.retryAt <= now;
    }

    /** The victims to pause so that the task can run, often none; null if it must wait. */
    private @Nullable List<Task<K>> makeRoom(Task<K> task, long now) {
        if (task.slots <= table.freeSlots()) {
            return List.of();
        }
        if (task.state == State.HELD) {
            return victims.forNewTask(table, task, now);
        }
        return guarantee.overdue(task, now) ? victims.forOverdueTask(table, task, now) : null;
    }

    /** Overdue tasks first, the longest paused of them first; then the most urgent; then the one that arrived first. */
    private boolean comesBefore(Task<K> task, Task<K> other, long now) {
        boolean overdue = guarantee.overdue(task, now);
        if (overdue != guarantee.overdue(other, now)) {
            return overdue;
        }
        if (overdue && task.pausedSince != other.pausedSince) {
            return task.pausedSince < other.pausedSince;
        }
        double priority = task.priority(order, now);
        double otherPriority = other.priority(order, now);
        return priority != otherPriority ? priority < otherPriority : task.sequence < other.sequence;
    }

    private @Nullable Task<K> nextEndedQuantum(long now) {
        Task<K> worst = null;
        List<Task<K>> running = table.running();
        for (int i = 0; i < running.size(); i++) {
            Task<K> task = running.get(i);
            if (task.state == State.RUNNING
                    && task.quantumEnd <= now
                    && (worst == null || comesBefore(worst, task, now))) {
                worst = task;
            }
        }
        return worst;
    }

    /** Gives the slots of a task whose quantum ended to the most urgent waiting task that leads it; false if none does. */
    private boolean swap(Task<K> ended, long now) {
        Task<K> best = null;
        List<Task<K>> bestVictims = List.of();
        List<Task<K>> waiting = table.waiting();
        for (int i = 0; i < waiting.size(); i++) {
            Task<K> task = waiting.get(i);
            if (mayRun(task, now) && (best == null || comesBefore(task, best, now))) {
                List<Task<K>> chosen = victims.forQuantum(table, ended, task, order.requiredLead(quantumNanos), now);
                if (chosen != null) {
                    best = task;
                    bestVictims = chosen;
                }
            }
        }
        if (best == null) {
            return false;
        }
        Task<K> counterpart = bestVictims.get(0);
        pauseAll(bestVictims, Reason.QUANTUM, best, now);
        run(best, Reason.QUANTUM, counterpart, now);
        return true;
    }

    private void pauseAll(List<Task<K>> chosen, Reason reason, @Nullable Task<K> counterpart, long now) {
        for (int i = 0; i < chosen.size(); i++) {
            Task<K> victim = chosen.get(i);
            guarantee.countPreemption(victim);
            victim.exemptUntil = Moments.BEFORE_ALL;
            victim.resumed = false;
            table.change(victim, State.PAUSED, false, now);
            victim.pausedSince = now;
            keepAlive.paused(victim, now);
            log.add(Action.PAUSE, reason, victim, counterpart, now);
        }
    }

    private void run(Task<K> task, Reason reason, @Nullable Task<K> counterpart, long now) {
        if (task.state == State.HELD) {
            table.change(task, State.LAUNCHING, false, now);
            log.add(Action.LAUNCH, reason, task, counterpart, now);
            return;
        }
        Reason owed = guarantee.owed(task, now);
        table.change(task, State.RUNNING, false, now);
        task.startQuantum(quantumNanos, now);
        log.add(Action.RESUME, task.resumeFailed ? Reason.FAILED_RESUME : reason, task, counterpart, now);
        task.resumed = true;
        task.resumeFailed = false;
        if (owed != null) {
            guarantee.grant(task, now);
            log.add(Action.GUARANTEE, owed, task, null, now);
        }
    }

    /** Nobody is left aside who could run: always true, so that it can stand behind an assert. */
    boolean verify(long now) {
        if (overcommitted != null) {
            return true;
        }
        TaskTable.check(table.freeSlots() >= 0, "no more slots taken than the node has");
        for (Task<K> task : table.waiting()) {
            TaskTable.check(!mayRun(task, now) || makeRoom(task, now) == null, "no task waits that could run");
            TaskTable.check(
                    task.request.preemptable() || task.state == State.HELD || task.resumeFailed,
                    "tasks that must not be paused are not");
        }
        return true;
    }
}
