/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class PauseTimesTest {
    @Test
    void theMostPausedContainerAndTheLongestPauseOfEachJobCount() {
        List<EventRecord> events = List.of(
                event(0, EventKind.LAUNCH, "1", "a"),
                event(1, EventKind.PAUSE, "1", "a"),
                event(2, EventKind.RESUME, "1", "a"),
                event(3, EventKind.PAUSE, "1", "a"),
                event(4, EventKind.PAUSE, "1", "b"),
                event(5, EventKind.PULSE_START, "1", "b"),
                event(6, EventKind.PULSE_END, "1", "b"),
                event(7, EventKind.PAUSE, "2", "c"),
                event(8, EventKind.RESUME, "1", "a"),
                event(30, EventKind.RESUME, "1", "b"),
                event(90, EventKind.KILL, "2", "c"));
        assertThat(PauseTimes.byJob(events))
                .containsEntry("1", new PauseTimes(2, 26))
                .containsEntry("2", new PauseTimes(1, 83))
                .hasSize(2);
    }

    @Test
    void whatBelongsToNoJobCountsForNone() {
        assertThat(PauseTimes.byJob(List.of(EventRecord.of(1, "node-1", EventKind.PAUSE, "a"))))
                .isEmpty();
    }

    private static EventRecord event(double time, EventKind kind, String job, String task) {
        return new EventRecord(time, "node-1", kind, null, job, task, null, null, null, null, null);
    }
}
