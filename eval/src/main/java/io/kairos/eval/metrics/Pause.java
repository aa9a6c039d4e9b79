/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pause of a task, until it goes on or ends. A pulse does not end it: the task has no slot then.
 *
 * @param job null if that is not known
 * @param begin seconds from the start of the run
 * @param end null if the events end before
 */
public record Pause(String task, @Nullable String job, double begin, @Nullable Double end) {
    /**
     * All pauses of a run.
     *
     * @param events in order of time
     */
    public static List<Pause> of(List<EventRecord> events) {
        List<Pause> pauses = new ArrayList<>();
        Map<String, EventRecord> paused = new LinkedHashMap<>();
        for (EventRecord event : events) {
            if (event.kind() == EventKind.PAUSE) {
                paused.putIfAbsent(event.task(), event);
            } else if (event.kind() == EventKind.RESUME || event.kind().endsTask()) {
                EventRecord since = paused.remove(event.task());
                if (since != null) {
                    pauses.add(new Pause(event.task(), since.job(), since.timeSeconds(), event.timeSeconds()));
                }
            }
        }
        paused.values().forEach(since -> pauses.add(new Pause(since.task(), since.job(), since.timeSeconds(), null)));
        return pauses;
    }

    /** How long it was; 0 if its end is not known. */
    public double seconds() {
        return end == null ? 0 : end - begin;
    }
}
