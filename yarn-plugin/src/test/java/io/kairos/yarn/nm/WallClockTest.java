/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WallClockTest {
    private long nanos = -TimeUnit.SECONDS.toNanos(7);
    private long date = 1_000_000;
    private final WallClock clock = new WallClock(() -> nanos, () -> date);

    @Test
    void betweenTwoMomentsLiesWhatTheSteadyClockSays() {
        long begin = nanos;
        for (int second = 1; second < 100; second++) {
            nanos += TimeUnit.SECONDS.toNanos(1);
            date += 1_000 + (second % 2 == 0 ? 3 : -3);
            assertThat(clock.at(nanos)).isEqualTo(1_000_000 + 1_000 * second);
        }
        assertThat(clock.at(begin)).isEqualTo(1_000_000);
    }

    @Test
    void aDateThatWasSetCountsFromThenOn() {
        date += 3_600_000;
        assertThat(clock.at(nanos)).isEqualTo(4_600_000);
        date -= 7_200_000;
        nanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(clock.at(nanos - TimeUnit.SECONDS.toNanos(2))).isEqualTo(-2_602_000);
    }
}
