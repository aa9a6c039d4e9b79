/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Reading;
import io.kairos.node.TaskView;
import io.kairos.node.TaskView.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings of tasks that all run into what they would be if those ran that a policy lets run. What a task uses while it is
 * thought to be paused or held is withheld from all its later readings, as precisely as readings are frequent. Not thread-safe.
 *
 * @param <K> task id
 */
final class WithheldService<K> {
    private final Map<K, Account> accounts = new HashMap<>();

    /**
     * One counter.
     *
     * @param nanos what it said last
     * @param withheld how much of that the task used when it should not have run
     */
    private record Account(String counter, long nanos, long withheld) {}

    /**
     * The readings as they would be.
     *
     * @param readings in truth
     * @param thought the tasks as the policy sees them, which has not heard of the readings yet; of others nothing is kept
     */
    List<Reading<K>> withhold(List<Reading<K>> readings, List<TaskView<K>> thought) {
        Set<K> present = new HashSet<>();
        Set<K> running = new HashSet<>();
        for (TaskView<K> view : thought) {
            present.add(view.request().task());
            if (view.state() == State.RUNNING || view.pulsing()) {
                running.add(view.request().task());
            }
        }
        accounts.keySet().retainAll(present);
        List<Reading<K>> left = new ArrayList<>(readings.size());
        for (Reading<K> reading : readings) {
            K task = reading.task();
            if (present.contains(task)) {
                Account account = after(accounts.get(task), reading, running.contains(task));
                accounts.put(task, account);
                left.add(new Reading<>(task, reading.counter(), account.nanos() - account.withheld()));
            }
        }
        return left;
    }

    void forgetAll() {
        accounts.clear();
    }

    private static Account after(@Nullable Account before, Reading<?> reading, boolean runs) {
        if (before == null || !before.counter().equals(reading.counter())) {
            return new Account(reading.counter(), reading.nanos(), runs ? 0 : reading.nanos());
        }
        long nanos = Math.max(before.nanos(), reading.nanos()); // it may miss what it saw before
        long used = nanos - before.nanos();
        return new Account(reading.counter(), nanos, before.withheld() + (runs ? 0 : used));
    }
}
