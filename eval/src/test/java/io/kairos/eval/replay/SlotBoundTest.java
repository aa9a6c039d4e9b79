/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlotBoundTest {
    private static EventRecord launch(double time, String task) {
        return EventRecord.of(time, "n", EventKind.LAUNCH, task);
    }

    private static EventRecord finish(double time, String task) {
        return EventRecord.of(time, "n", EventKind.FINISH, task);
    }

    @Test
    void anEndHeardOfLateIsThatOfTheNextStart() {
        List<EventRecord> heard = List.of(
                launch(0, "a"), launch(0, "b"), launch(1, "c"), finish(1.2, "b"), finish(3, "a"), finish(4, "c"));

        assertThat(SlotBound.apply(heard, 2))
                .containsExactlyInAnyOrder(
                        launch(0, "a"), launch(0, "b"), launch(1, "c"), finish(1, "b"), finish(3, "a"), finish(4, "c"));
    }

    @Test
    void otherNodesAndFreeSlotsChangeNothing() {
        List<EventRecord> heard = List.of(
                launch(0, "a"),
                EventRecord.of(0.5, "m", EventKind.LAUNCH, "b"),
                finish(1, "a"),
                launch(1, "c"),
                EventRecord.of(2, "m", EventKind.FAIL, "b"));

        assertThat(SlotBound.apply(heard, 1)).containsExactlyElementsOf(heard);
    }

    /** Tasks that really ran one after the other on each slot, with ends that are heard of late. */
    @Property(tries = 300)
    void neverMoreTasksThanSlots(
            @ForAll @IntRange(min = 1, max = 4) int slots,
            @ForAll @Size(max = 40) List<@DoubleRange(min = 0.1, max = 5) Double> durations,
            @ForAll @DoubleRange(min = 0, max = 0.2) double late) {
        double[] freeAt = new double[slots];
        List<EventRecord> heard = new ArrayList<>();
        for (int task = 0; task < durations.size(); task++) {
            int slot = 0;
            for (int other = 1; other < slots; other++) {
                slot = freeAt[other] < freeAt[slot] ? other : slot;
            }
            heard.add(launch(freeAt[slot], "task" + task));
            freeAt[slot] += durations.get(task);
            heard.add(finish(freeAt[slot] + late, "task" + task));
        }

        List<EventRecord> corrected = new ArrayList<>(SlotBound.apply(heard, slots));

        corrected.sort(Comparator.comparingDouble(EventRecord::timeSeconds)
                .thenComparing(event -> event.kind() == EventKind.LAUNCH));
        Set<String> running = new HashSet<>();
        for (EventRecord event : corrected) {
            if (event.kind() == EventKind.LAUNCH) {
                running.add(event.task());
            } else {
                assertThat(running.remove(event.task())).isTrue();
            }
            assertThat(running).hasSizeLessThanOrEqualTo(slots);
        }
        assertThat(running).isEmpty();
    }
}
