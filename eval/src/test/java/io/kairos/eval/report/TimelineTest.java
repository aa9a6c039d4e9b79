/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static Map<Timeline.State, double[]> layers(List<EventRecord> events, double spanSeconds, int steps) {
        Timeline timeline = new Timeline(List.of("n"), spanSeconds, steps);
        events.forEach(timeline::add);
        timeline.end();
        assertThat(timeline.meansByNode()).containsOnlyKeys("n");
        return timeline.meansByNode().getOrDefault("n", Map.of());
    }

    @Test
    void followsATaskThroughItsStates() {
        List<EventRecord> events = List.of(
                EventRecord.of(0, "n", EventKind.HOLD, "a"),
                EventRecord.of(1, "n", EventKind.LAUNCH, "a"),
                EventRecord.of(2.5, "n", EventKind.PAUSE, "a"),
                EventRecord.of(2.75, "n", EventKind.PULSE_START, "a"),
                EventRecord.of(3, "n", EventKind.RESUME, "a"),
                EventRecord.of(3.25, "n", EventKind.FINISH, "a"));

        var layers = layers(events, 4, 4);

        assertThat(layers.get(Timeline.State.HELD)).containsExactly(1, 0, 0, 0);
        assertThat(layers.get(Timeline.State.RUNNING)).containsExactly(0, 1, 0.5, 0.25);
        assertThat(layers.get(Timeline.State.PAUSED)).containsExactly(0, 0, 0.5, 0);
    }

    @Test
    void whatHasNotEndedLastsToTheEnd() {
        var layers = layers(List.of(EventRecord.of(1, "n", EventKind.LAUNCH, "a")), 2, 2);
        assertThat(layers.get(Timeline.State.RUNNING)).containsExactly(0, 1);
    }

    @Test
    void nodesThatAreNotShownCountForNothingButATaskThatLeavesForOne() {
        List<EventRecord> events = List.of(
                EventRecord.of(0, "n", EventKind.LAUNCH, "a"),
                EventRecord.of(0, "other", EventKind.LAUNCH, "b"),
                EventRecord.of(1, "other", EventKind.LAUNCH, "a"),
                EventRecord.of(3, "n", EventKind.LAUNCH, "b"));

        assertThat(layers(events, 4, 4).get(Timeline.State.RUNNING)).containsExactly(1, 0, 0, 1);
    }
}
