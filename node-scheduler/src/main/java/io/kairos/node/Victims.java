/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which running tasks give way: the least urgent first, of equals the latest arrived, as many as needed and none more.
 *
 * <p>Stateless but for the order of tasks it was made with.
 */
final class Victims {
    private final TaskOrder order;

    Victims(TaskOrder order) {
        this.order = order;
    }

    /** Victims, each strictly less urgent than the new task, that free what it lacks; null if they cannot. */
    <K> @Nullable List<Task<K>> forNewTask(TaskTable<K> table, Task<K> newTask, long now) {
        return choose(table, null, newTask.slots - table.freeSlots(), newTask.priority(order, now), 0, now);
    }

    /** Victims, however urgent, that free what the task lacks; null if they cannot. */
    <K> @Nullable List<Task<K>> forOverdueTask(TaskTable<K> table, Task<K> overdue, long now) {
        return choose(table, null, overdue.slots - table.freeSlots(), Double.NEGATIVE_INFINITY, 0, now);
    }

    /** A task whose quantum ended and further victims, each of which the waiting task leads; null if they cannot free enough. */
    <K> @Nullable List<Task<K>> forQuantum(TaskTable<K> table, Task<K> ended, Task<K> waiting, double lead, long now) {
        double priority = waiting.priority(order, now);
        if (!leads(ended, priority, lead, now)) {
            return null;
        }
        return choose(table, ended, waiting.slots - table.freeSlots(), priority, lead, now);
    }

    /** Victims, however urgent, that bring an overcommitted node down to its slots, or as near as can be; empty if there are none. */
    <K> List<Task<K>> forRepair(TaskTable<K> table, long now) {
        List<Task<K>> enough = choose(table, null, -table.freeSlots(), Double.NEGATIVE_INFINITY, 0, now);
        if (enough != null) {
            return enough;
        }
        Task<K> worst = leastUrgent(table.running(), List.of(), Double.NEGATIVE_INFINITY, 0, now);
        return worst == null ? List.of() : List.of(worst);
    }

    private <K> @Nullable List<Task<K>> choose(
            TaskTable<K> table, @Nullable Task<K> first, int needed, double priority, double lead, long now) {
        List<Task<K>> chosen = new ArrayList<>(2);
        int freed = 0;
        Task<K> next = first != null ? first : leastUrgent(table.running(), chosen, priority, lead, now);
        while (next != null) {
            chosen.add(next);
            freed += next.slots;
            if (freed >= needed) {
                return withoutNeedless(chosen, freed - needed);
            }
            next = leastUrgent(table.running(), chosen, priority, lead, now);
        }
        return null;
    }

    /** A wide victim chosen late may make earlier ones needless. */
    private static <K> List<Task<K>> withoutNeedless(List<Task<K>> chosen, int surplus) {
        int left = surplus;
        for (int i = chosen.size() - 1; i >= 0 && left > 0; i--) {
            if (chosen.get(i).slots <= left) {
                left -= chosen.remove(i).slots;
            }
        }
        return chosen;
    }

    private <K> @Nullable Task<K> leastUrgent(
            List<Task<K>> running, List<Task<K>> except, double priority, double lead, long now) {
        Task<K> worst = null;
        double worstPriority = 0;
        for (int i = 0; i < running.size(); i++) {
            Task<K> task = running.get(i);
            if (!task.mayBeVictim(now) || !leads(task, priority, lead, now) || except.contains(task)) {
                continue;
            }
            double taskPriority = task.priority(order, now);
            if (worst == null
                    || taskPriority > worstPriority
                    || (taskPriority == worstPriority && task.sequence > worst.sequence)) {
                worst = task;
                worstPriority = taskPriority;
            }
        }
        return worst;
    }

    /** The waiting task must be strictly more urgent even where no lead is asked for: else equals would swap for ever. */
    private boolean leads(Task<?> victim, double waitingPriority, double lead, long now) {
        double victimPriority = victim.priority(order, now);
        return victimPriority > waitingPriority && victimPriority - waitingPriority >= lead;
    }
}
