/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often things happened to the tasks of a run. A figure that is not known is null.
 *
 * @param placements choices of a node for a task
 * @param preemptions pauses
 * @param pausedSeconds time that tasks spent paused, summed over the tasks
 * @param shortTasksBehindLong tasks of short jobs that began after they had waited behind a long one in a node's queue
 */
public record RunCounts(
        @Nullable Long placements,
        @Nullable Long preemptions,
        @Nullable Double pausedSeconds,
        @Nullable Long shortTasksBehindLong) {
    /** Counted from events; what was not recorded is not known. */
    static RunCounts of(List<EventRecord> events) {
        long placements =
                events.stream().filter(event -> event.kind() == EventKind.PLACE).count();
        List<Pause> pauses = Pause.of(events);
        boolean eventsKnown = !events.isEmpty();
        return new RunCounts(
                placements > 0 ? placements : null,
                eventsKnown ? (long) pauses.size() : null,
                eventsKnown ? pauses.stream().mapToDouble(Pause::seconds).sum() : null,
                null);
    }
}
