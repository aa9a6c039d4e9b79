/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    @Test
    void followsATaskThroughItsStates() {
        List<EventRecord> events = List.of(
                EventRecord.of(0, "n", EventKind.HOLD, "a"),
                EventRecord.of(1, "n", EventKind.LAUNCH, "a"),
                EventRecord.of(2.5, "n", EventKind.PAUSE, "a"),
                EventRecord.of(2.75, "n", EventKind.PULSE_START, "a"),
                EventRecord.of(3, "n", EventKind.RESUME, "a"),
                EventRecord.of(3.25, "n", EventKind.FINISH, "a"));

        double[][] layers = Timeline.of(events, 4, 4).meansByNode().get("n");

        assertThat(layers[Timeline.State.HELD.ordinal()]).containsExactly(1, 0, 0, 0);
        assertThat(layers[Timeline.State.RUNNING.ordinal()]).containsExactly(0, 1, 0.5, 0.25);
        assertThat(layers[Timeline.State.PAUSED.ordinal()]).containsExactly(0, 0, 0.5, 0);
    }

    @Test
    void whatHasNotEndedLastsToTheEnd() {
        double[][] layers = Timeline.of(List.of(EventRecord.of(1, "n", EventKind.LAUNCH, "a")), 2, 2)
                .meansByNode()
                .get("n");
        assertThat(layers[0]).containsExactly(0, 1);
    }
}
