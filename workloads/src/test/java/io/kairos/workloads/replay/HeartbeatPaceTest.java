/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatPaceTest {

    @Test
    void callsSoonBehindAnAskAndThenLessAndLessOften() {
        HeartbeatPace pace = new HeartbeatPace(Duration.ofMillis(100));
        pace.asked();
        assertThat(awaiting(pace, 5)).containsExactly(20L, 40L, 80L, 100L, 100L);
    }

    @Test
    void anotherAskHurriesItAgain() {
        HeartbeatPace pace = new HeartbeatPace(Duration.ofMillis(100));
        pace.asked();
        awaiting(pace, 4);
        pace.asked();
        assertThat(awaiting(pace, 2)).containsExactly(20L, 40L);
    }

    @Test
    void isRegularWhileNothingIsAwaited() {
        HeartbeatPace pace = new HeartbeatPace(Duration.ofMillis(100));
        pace.asked();
        assertThat(pace.untilNext(false)).isEqualTo(100);
    }

    @Test
    void isNeverSlowerThanRegular() {
        HeartbeatPace pace = new HeartbeatPace(Duration.ofMillis(10));
        pace.asked();
        assertThat(awaiting(pace, 3)).containsExactly(10L, 10L, 10L);
    }

    private static List<Long> awaiting(HeartbeatPace pace, int calls) {
        List<Long> delays = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            delays.add(pace.untilNext(true));
        }
        return delays;
    }
}
