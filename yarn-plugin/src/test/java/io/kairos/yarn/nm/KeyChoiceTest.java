/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyChoiceTest {
    private static final long START = -5;
    private static final long SOON = START + KeyChoice.LONGEST_SILENCE_NANOS - 1;
    private static final long LATE = START + KeyChoice.LONGEST_SILENCE_NANOS;
    private static final Map<String, Double> KEYS = Map.of("a", 1.0);

    private final KeyChoice choice = new KeyChoice();

    @Test
    void thereAreNoKeysBeforeTheFirstAreHeardOf() {
        assertThat(choice.at(LATE)).isEmpty();
        assertThat(choice.areTooOld(LATE)).isFalse();
    }

    @Test
    void keysHoldWhileNobodyAnswersButNotForLong() {
        choice.heard(KEYS, START);
        assertThat(choice.at(SOON)).isEqualTo(KEYS);
        assertThat(choice.areTooOld(SOON)).isFalse();
        assertThat(choice.at(LATE)).isEmpty();
        assertThat(choice.areTooOld(LATE)).isTrue();

        choice.heard(KEYS, LATE);
        assertThat(choice.at(LATE)).isEqualTo(KEYS);
    }

    @Test
    void anAnswerToAReportThatNamedNoApplicationKeepsTheKeys() {
        choice.heard(KEYS, START);
        choice.heardNothingNew(SOON);
        assertThat(choice.at(LATE)).isEqualTo(KEYS);
    }

    @Test
    void keysThatWereTooOldAreNotInForceAgainWhenTheResourceManagerIsBack() {
        choice.heard(KEYS, START);
        choice.heardNothingNew(LATE);
        assertThat(choice.at(LATE)).isEmpty();
        assertThat(choice.areTooOld(LATE)).isFalse();
    }

    @Test
    void anAnswerWithoutKeysEndsTheOrderByKeys() {
        choice.heard(KEYS, START);
        choice.heard(Map.of(), SOON);
        assertThat(choice.at(SOON)).isEmpty();
        assertThat(choice.areTooOld(LATE)).isFalse();
    }
}
