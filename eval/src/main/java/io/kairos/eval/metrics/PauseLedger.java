/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts pauses and adds up their time from the events of a run. A pulse does not end a pause: the task has no slot then. */
final class PauseLedger {
    private final Map<String, Double> pausedSince = new HashMap<>();
    private long preemptions;
    private double pausedSeconds;

    /** Reads events in order of time. */
    static PauseLedger of(List<EventRecord> events) {
        PauseLedger ledger = new PauseLedger();
        events.forEach(ledger::add);
        return ledger;
    }

    private void add(EventRecord event) {
        if (event.kind() == EventKind.PAUSE) {
            if (pausedSince.putIfAbsent(event.task(), event.timeSeconds()) == null) {
                preemptions++;
            }
        } else if (event.kind() == EventKind.RESUME || event.kind().endsTask()) {
            Double since = pausedSince.remove(event.task());
            if (since != null) {
                pausedSeconds += event.timeSeconds() - since;
            }
        }
    }

    long preemptions() {
        return preemptions;
    }

    double pausedSeconds() {
        return pausedSeconds;
    }
}
