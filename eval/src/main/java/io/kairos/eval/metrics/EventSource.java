/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The events of a comparison, which may be too many to be held: they are handed out one at a time, and again each time. */
public interface EventSource {
    /** Takes one event. */
    interface Taker {
        void take(String scheduler, EventRecord event) throws IOException;
    }

    /**
     * Hands out the events of one scheduler after the other, those of each in order of time.
     *
     * @throws IOException they could not be read, or the taker did not take one
     */
    void forEach(Taker taker) throws IOException;

    /** Those that are held, by scheduler. */
    static EventSource of(Map<String, List<EventRecord>> eventsByScheduler) {
        return taker -> {
            for (Map.Entry<String, List<EventRecord>> run : eventsByScheduler.entrySet()) {
                for (EventRecord event : run.getValue()) {
                    taker.take(run.getKey(), event);
                }
            }
        };
    }
}
