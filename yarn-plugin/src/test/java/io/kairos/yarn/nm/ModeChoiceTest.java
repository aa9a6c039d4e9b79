/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.Mode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModeChoiceTest {
    private static final long START = -5;
    private static final long SOON = START + ModeChoice.PATIENCE_NANOS - 1;
    private static final long LATE = START + ModeChoice.PATIENCE_NANOS;

    private final ModeChoice following = new ModeChoice(Optional.empty(), START);

    @Test
    void nothingIsPausedUntilTheModeIsHeardOf() {
        assertThat(following.at(SOON)).isEqualTo(Mode.OFF);
        assertThat(following.waits(SOON)).isTrue();
        following.heard(Mode.OBSERVE);
        assertThat(following.at(SOON)).isEqualTo(Mode.OBSERVE);
        assertThat(following.waits(SOON)).isFalse();
    }

    @Test
    void aResourceManagerThatSaysNothingIsAStockOne() {
        assertThat(following.at(LATE)).isEqualTo(Mode.ENFORCE);
        assertThat(following.waits(LATE)).isFalse();
    }

    @Test
    void whatWasHeardLastHoldsWhileNobodyAnswers() {
        following.heard(Mode.OFF);
        assertThat(following.at(LATE)).isEqualTo(Mode.OFF);
    }

    @Test
    void aNodeOfItsOwnModeHearsOfNoOther() {
        ModeChoice own = new ModeChoice(Optional.of(Mode.OBSERVE), START);
        own.heard(Mode.ENFORCE);
        assertThat(own.at(START)).isEqualTo(Mode.OBSERVE);
        own.own(Optional.empty());
        assertThat(own.at(START)).isEqualTo(Mode.ENFORCE);
    }
}
