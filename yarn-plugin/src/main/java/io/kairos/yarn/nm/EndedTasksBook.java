/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.yarn.protocol.EndedTasks;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How many tasks of each application have ended on a node, and what service they had attained in all. Confined to the agent's
 * thread.
 */
final class EndedTasksBook {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, EndedTasks> byApplication = new HashMap<>();

    /** One more task has ended. */
    void add(String application, long attainedNanos) {
        add(application, new EndedTasks(1, attainedNanos / NANOS_PER_SECOND));
    }

    /** Some more tasks have ended. */
    void add(String application, EndedTasks ended) {
        byApplication.merge(
                application,
                ended,
                (one, other) -> new EndedTasks(one.tasks() + other.tasks(), one.attained() + other.attained()));
    }

    /** Forgets the applications that are over; returns what is left, a copy. */
    Map<String, EndedTasks> retain(Predicate<String> lives) {
        byApplication.keySet().removeIf(lives.negate());
        return Map.copyOf(byApplication);
    }
}
