/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values at the door: what is accepted, and what is said of the rest. */
class ValuesTest {
    @Test
    void theBoundIsSlotsAndQueueBoundTogether() {
        assertThat(new NodeCapacity(4, 4).bound()).isEqualTo(8);
        assertThat(new NodeCapacity(1, 0).bound()).isEqualTo(1);
        assertThat(new NodeCapacity(1, Integer.MAX_VALUE - 1).bound()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aCapacityOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeCapacity(0, 4))
                .withMessage("slots must be at least 1, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeCapacity(4, -1))
                .withMessage("queue bound must be at least 0, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeCapacity(2, Integer.MAX_VALUE))
                .withMessage("slots + queue bound must be at most 2147483647, was 2 + 2147483647");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.1e100})
    void aNumberThatWouldSpoilTheMeanIsRefused(double amount) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceReport(1, amount, 0, 0, 0))
                .withMessage("mean must be from 0 to 1.0E100, was " + amount);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceReport(1, 0, amount, 0, 0))
                .withMessageStartingWith("variance must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceReport(1, 0, 0, amount, 0))
                .withMessageStartingWith("leastRunning must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceReport(1, 0, 0, 0, amount))
                .withMessageStartingWith("mostRunning must be");
    }

    @Test
    void aNegativeNumberOfTasksIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceReport(-1, 0, 0, 0, 0))
                .withMessage("tasks must not be negative, was -1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VARIANCE", "SUM", "YOUNGEST", "OLDEST"})
    void zeroHasOneSignSoThatEqualScoresTie(String tieBreak) {
        TieBreak rule = TieBreak.valueOf(tieBreak);
        double zero = rule.score(new ServiceReport(0, -0.0, -0.0, -0.0, -0.0));
        assertThat(Double.compare(zero, 0.0)).isZero();
        assertThat(Double.compare(rule.score(Reports.ofRunning()), 0.0)).isZero();
    }

    @Test
    void aJobIsHeldBackFromItsBoundOn() {
        Sharing sharing = new Sharing(3, 0);
        assertThat(sharing.isOpenTo(2)).isTrue();
        assertThat(sharing.isOpenTo(3)).isFalse();
        assertThat(Sharing.ALWAYS.isOpenTo(Integer.MAX_VALUE - 1)).isTrue();
    }

    @Test
    void whoGivesWayHasSoManyTimesAsMuchLeft() {
        Sharing sharing = new Sharing(1, 4);
        assertThat(sharing.isWorthwhile(10, 41)).isTrue();
        assertThat(sharing.isWorthwhile(10, 40)).isFalse();
        assertThat(sharing.isWorthwhile(0, 0)).as("for one as short").isFalse();
        assertThat(sharing.isWorthwhile(1e9, Double.POSITIVE_INFINITY)).isTrue();
        assertThat(Sharing.ALWAYS.isWorthwhile(10, 1)).isTrue();
    }

    @Test
    void sharingOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sharing(0, 1))
                .withMessage("tasks before a job is held back must be at least 1, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sharing(1, Double.NaN))
                .withMessage("margin must be at least 0, was NaN");
    }
}
