/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Counters a test sets; records who was read. */
final class FakeServiceMeter implements ServiceMeter<String> {
    /** While set, answers come only with {@link #answerLater}. */
    boolean slow;

    final Map<String, Long> nanos = new HashMap<>();
    final List<String> rounds = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();

    void answerLater() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    /** The rounds since the last call, each as the names of the tasks read. */
    List<String> takeRounds() {
        List<String> taken = List.copyOf(rounds);
        rounds.clear();
        return taken;
    }

    @Override
    public CompletableFuture<List<Reading<String>>> read(Collection<String> tasks) {
        rounds.add(String.join(" ", new TreeSet<>(tasks)));
        List<Reading<String>> readings = tasks.stream()
                .filter(nanos::containsKey)
                .map(task -> new Reading<>(task, "its counter", nanos.getOrDefault(task, 0L)))
                .toList();
        if (!slow) {
            return CompletableFuture.completedFuture(readings);
        }
        CompletableFuture<List<Reading<String>>> answer = new CompletableFuture<>();
        later.add(() -> answer.complete(readings));
        return answer;
    }
}
