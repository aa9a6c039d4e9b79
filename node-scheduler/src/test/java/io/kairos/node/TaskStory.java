/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All that happened to a task. */
final class TaskStory {
    /** What may happen to a task. */
    enum Happening {
        ARRIVED,
        ADOPTED_RUNNING,
        ADOPTED_FROZEN,
        STARTED,
        PAUSE_FAILED,
        RESUME_FAILED,
        LAUNCH,
        PAUSE,
        RESUME,
        PULSE_START,
        PULSE_END,
        GUARANTEE,
        RECONFIGURED
    }

    /** @param by the node's settings then */
    record Entry(long at, Happening what, NodeSettings by) {}

    /** What a counter said at first, and the most it said. */
    record CounterRun(String counter, long first, long most) {}

    TaskRequest<String> request;
    final long adopted;
    private final List<Entry> entries = new ArrayList<>();
    /** Readings of one counter without another one between, in order. */
    private final List<CounterRun> counters = new ArrayList<>();

    long lastAttained;

    TaskStory(TaskRequest<String> request, long adopted) {
        this.request = request;
        this.adopted = adopted;
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** A counter was read. */
    void read(Reading<String> reading) {
        CounterRun last = counters.isEmpty() ? null : counters.get(counters.size() - 1);
        if (last == null || !last.counter.equals(reading.counter())) {
            counters.add(new CounterRun(reading.counter(), reading.nanos(), reading.nanos()));
        } else {
            counters.set(
                    counters.size() - 1,
                    new CounterRun(last.counter, last.first, Math.max(last.most, reading.nanos())));
        }
    }

    List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    List<CounterRun> counters() {
        return Collections.unmodifiableList(counters);
    }
}
