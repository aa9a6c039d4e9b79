/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kairos.yarn.rm.page.Timeline.Moment;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long START = 1_700_000_000_000L;

    private long now = START;
    private final Timeline timeline = new Timeline(3, 10_000, () -> now);

    @Test
    void keepsMomentsInOrder() {
        add(0, 1);
        add(2_000, 2);
        assertThat(timeline.moments())
                .containsExactly(new Moment(START, 1, 10, 100, 1_000), new Moment(START + 2_000, 2, 20, 200, 2_000));
    }

    @Test
    void keepsNoMoreThanItMay() {
        for (int i = 1; i <= 5; i++) {
            add(i, i);
        }
        assertThat(timeline.moments()).extracting(Moment::running).containsExactly(3L, 4L, 5L);
    }

    @Test
    void forgetsWhatIsTooLongAgoAlsoIfNothingIsAdded() {
        add(0, 1);
        add(4_000, 2);
        now = START + 10_000;
        assertThat(timeline.moments()).hasSize(2);
        now++;
        assertThat(timeline.moments()).extracting(Moment::running).containsExactly(2L);
        now = START + 14_001;
        assertThat(timeline.moments()).isEmpty();
    }

    @Test
    void aClockThatIsSetBackLeavesNothingLaterThanNow() {
        add(0, 1);
        add(4_000, 2);
        add(1_000, 3);
        assertThat(timeline.moments()).extracting(Moment::running).containsExactly(1L, 3L);
        add(1_000, 4);
        assertThat(timeline.moments()).extracting(Moment::running).containsExactly(1L, 4L);
    }

    @Test
    void columnsStandSideBySide() {
        add(0, 1);
        add(2_000, 2);
        Timeline.Columns columns = timeline.columns();
        assertThat(columns.timeMs()).containsExactly(START, START + 2_000);
        assertThat(columns.running()).containsExactly(1, 2);
        assertThat(columns.paused()).containsExactly(10, 20);
        assertThat(columns.held()).containsExactly(100, 200);
        assertThat(columns.asks()).containsExactly(1_000, 2_000);
    }

    @Test
    void aTimelineOfNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Timeline(0, 1, () -> now));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timeline(1, 0, () -> now));
    }

    private void add(long sinceStart, long value) {
        now = START + sinceStart;
        timeline.add(value, 10 * value, 100 * value, 1_000 * value);
    }
}
