/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.TaskView.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a node, by state, with the sums that follow from their states. It knows which changes of state exist, not when
 * they are due. All changes go through {@link #change}, so that no sum and no moment can be forgotten.
 */
final class TaskTable<K> {
    /** Most nodes have as many tasks at a time or fewer. */
    private static final int FEW = 4;

    private int slots;
    private final ServiceMeasure measure;
    /** Launching and running: the tasks that hold slots, in no order. */
    private final List<Task<K>> running = new ArrayList<>(FEW);
    /** Paused and held, in no order. */
    private final List<Task<K>> waiting = new ArrayList<>(FEW);

    private final ServiceMoments moments = new ServiceMoments();
    private long nextSequence;
    private int usedSlots;
    private int paused;
    private long launchedMemoryMb;

    TaskTable(int slots, ServiceMeasure measure) {
        this.slots = slots;
        this.measure = measure;
    }

    /** O(tasks), as is each decision: a node has few, and they are gone through anyway. */
    @Nullable Task<K> get(K id) {
        Task<K> found = find(running, id);
        return found == null ? find(waiting, id) : found;
    }

    private static <K> @Nullable Task<K> find(List<Task<K>> tasks, K id) {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).request.task().equals(id)) {
                return tasks.get(i);
            }
        }
        return null;
    }

    /** A copy. */
    List<Task<K>> inOrderOfArrival() {
        List<Task<K>> all = new ArrayList<>(running.size() + waiting.size());
        all.addAll(running);
        all.addAll(waiting);
        all.sort(Comparator.comparingLong(task -> task.sequence));
        return all;
    }

    List<Task<K>> running() {
        return running;
    }

    List<Task<K>> waiting() {
        return waiting;
    }

    /** Negative while the node is overcommitted. */
    int freeSlots() {
        return slots - usedSlots;
    }

    int pausedCount() {
        return paused;
    }

    int heldCount() {
        return waiting.size() - paused;
    }

    int launchedCount() {
        return running.size() + paused;
    }

    long launchedMemoryMb() {
        return launchedMemoryMb;
    }

    ServiceMoments moments() {
        return moments;
    }

    /** Adds a held task. */
    Task<K> add(TaskRequest<K> request, long attainedNanos, long now) {
        if (get(request.task()) != null) {
            throw new IllegalArgumentException(
                    "task " + request.task() + " is on the node already; ids must be unique");
        }
        int width = Math.min(request.slots(), slots);
        Task<K> task = measure == ServiceMeasure.WALL
                ? new Task<>(request, width, nextSequence++, attainedNanos, now)
                : CountedTask.of(request, width, nextSequence++, attainedNanos, now);
        waiting.add(task);
        moments.enter(attainedNanos, request.weight(), false, now);
        return task;
    }

    void remove(Task<K> task, long now) {
        leave(task, now);
        (task.holdsSlots() ? running : waiting).remove(task);
    }

    /** Changes the state of a task; the time up to now is booked to the state it leaves. */
    void change(Task<K> task, State state, boolean pulsing, long now) {
        boolean heldSlots = task.holdsSlots();
        boolean grew = task.grows();
        count(task, -1);
        task.settle(now);
        become(task, state, pulsing, heldSlots);
        if (grew || task.grows()) { // else its value stands still, as it did
            long attained = task.attained(now);
            moments.leave(attained, task.request.weight(), grew, now);
            moments.enter(attained, task.request.weight(), task.grows(), now);
        }
    }

    /** Thaws a task whose freeze never happened; the time since the freeze was decided is service. */
    void neverFrozen(Task<K> task, State state, boolean pulsing, long now) {
        leave(task, now);
        task.settleAsService(now);
        enter(task, state, pulsing, false, now);
    }

    /** Takes what counters say as service; tasks that have no processes have no counter. */
    void observe(List<Reading<K>> readings, long now) {
        List<Task<K>> all = inOrderOfArrival();
        Map<K, Task<K>> byId = new HashMap<>();
        all.forEach(task -> byId.put(task.request.task(), task));
        for (Reading<K> reading : readings) {
            Task<K> read = byId.get(reading.task());
            if (read != null && (read.state == State.RUNNING || read.state == State.PAUSED)) {
                read.observe(reading);
            }
        }
        moments.clear();
        for (Task<K> task : all) {
            moments.enter(task.attained(now), task.request.weight(), task.grows(), now);
        }
    }

    /** Gives a task other terms; what it has attained stays. */
    void change(Task<K> task, TaskTerms terms, long now) {
        // Not settled: should its pause turn out to have failed, all the time since then is service.
        moments.leave(task.attained(now), task.request.weight(), task.grows(), now);
        task.request = task.request.on(terms);
        moments.enter(task.attained(now), task.request.weight(), task.grows(), now);
    }

    /** The node has other slots; a task takes what it asks for, at most all. */
    void resize(int newSlots) {
        slots = newSlots;
        usedSlots = 0;
        for (Task<K> task : inOrderOfArrival()) {
            task.slots = Math.min(task.request.slots(), newSlots);
            usedSlots += task.holdsSlots() ? task.slots : 0;
        }
    }

    private void enter(Task<K> task, State state, boolean pulsing, boolean heldSlots, long now) {
        become(task, state, pulsing, heldSlots);
        moments.enter(task.attained(now), task.request.weight(), task.grows(), now);
    }

    private void become(Task<K> task, State state, boolean pulsing, boolean heldSlots) {
        task.state = state;
        task.pulsing = pulsing;
        if (task.holdsSlots() != heldSlots) {
            (heldSlots ? running : waiting).remove(task);
            (heldSlots ? waiting : running).add(task);
        }
        count(task, 1);
    }

    private void leave(Task<K> task, long now) {
        count(task, -1);
        moments.leave(task.attained(now), task.request.weight(), task.grows(), now);
    }

    private void count(Task<K> task, int times) {
        usedSlots += task.holdsSlots() ? times * task.slots : 0;
        paused += task.state == State.PAUSED ? times : 0;
        launchedMemoryMb += task.launched() ? times * task.request.memoryMb() : 0;
    }

    /** Recomputes every sum from the tasks; always true, so that it can stand behind an assert. */
    boolean verify() {
        int expectedSlots = 0;
        int expectedPaused = 0;
        long expectedMemory = 0;
        List<Task<K>> all = inOrderOfArrival();
        for (Task<K> task : all) {
            expectedSlots += task.holdsSlots() ? task.slots : 0;
            expectedPaused += task.state == State.PAUSED ? 1 : 0;
            expectedMemory += task.launched() ? task.request.memoryMb() : 0;
            check((task.holdsSlots() ? running : waiting).contains(task), "a task is in the list of its state");
            check(get(task.request.task()) == task, "each id is that of one task, in one list");
            check(!task.pulsing || task.state == State.PAUSED, "only paused tasks are pulsed");
        }
        check(expectedSlots == usedSlots, "slots in use");
        check(expectedPaused == paused, "paused tasks");
        check(expectedMemory == launchedMemoryMb, "memory in use");
        check(moments.count() == all.size(), "each task counts once in the moments");
        return true;
    }

    static void check(boolean holds, String invariant) {
        if (!holds) {
            throw new AssertionError("violated: " + invariant);
        }
    }
}
