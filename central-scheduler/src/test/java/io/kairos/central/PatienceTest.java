/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private final Patience patience = new Patience(90, 1_000);

    @Test
    void aJobThatGetsNothingComesFirstAtLast() {
        assertThat(patience.isExhausted(1_090, 0, 5)).isFalse();
        assertThat(patience.isExhausted(1_091, 0, 5)).isTrue();
    }

    @Test
    void itComesFirstUntilItHasWhatItIsOwed() {
        assertThat(patience.isExhausted(1_091, 0, 5)).isTrue();
        assertThat(patience.isExhausted(1_105, 49, 5)).as("10 s for each task").isTrue();
        assertThat(patience.isExhausted(1_106, 50, 5)).isFalse();
        assertThat(patience.isExhausted(1_196, 50, 5)).as("then it waits again").isFalse();
        assertThat(patience.isExhausted(1_197, 50, 5)).isTrue();
    }

    @Test
    void whatWasNotHeardOfForAWhileIsNotAttainedAgain() {
        assertThat(patience.isExhausted(1_080, 49, 5)).isFalse();
        assertThat(patience.isExhausted(1_089, 0, 5)).isFalse();
        assertThat(patience.isExhausted(1_090, 49, 5)).as("5 s of it at most").isFalse();
        assertThat(patience.isExhausted(1_181, 49, 5))
                .as("since then it has had nothing")
                .isTrue();
    }

    @Test
    void aMomentNowAndThenIsNotEnough() {
        for (int moment = 1; moment <= 90; moment++) {
            assertThat(patience.isExhausted(1_000 + moment, moment * 0.1, 1)).isFalse();
        }
        assertThat(patience.isExhausted(1_091, 9.1, 1)).isTrue();
    }

    @Test
    void whoIsServedWellNeverComesFirst() {
        for (int moment = 1; moment <= 1_000; moment++) {
            assertThat(patience.isExhausted(1_000 + moment, moment * 0.6, 5)).isFalse();
        }
    }

    @Test
    void fewerTasksAreOwedLess() {
        assertThat(patience.isExhausted(1_091, 20, 5)).isTrue();
        assertThat(patience.isExhausted(1_092, 20, 2)).isFalse();
    }

    @Test
    void endlessPatienceIsNeverOver() {
        Patience endless = new Patience(Double.POSITIVE_INFINITY, 0);
        assertThat(endless.isExhausted(1e12, 0, 1)).isFalse();
    }

    @Test
    void noPatienceIsRefused() {
        assertThatThrownBy(() -> new Patience(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patience must be above 0 s, was 0.0");
        assertThatThrownBy(() -> new Patience(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
