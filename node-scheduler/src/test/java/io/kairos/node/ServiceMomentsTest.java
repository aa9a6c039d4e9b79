/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ServiceMomentsTest {
    private final ServiceMoments moments = new ServiceMoments();

    @Test
    void nothingHasNeitherMeanNorVariance() {
        assertThat(moments.mean(5)).isZero();
        assertThat(moments.variance(5)).isZero();
    }

    @Test
    void growingValuesMoveTogetherAndApartFromConstantOnes() {
        moments.enter(2, 1, true, 10);
        moments.enter(4, 1, true, 10);
        assertThat(moments.mean(16)).isEqualTo(9); // 8, 10
        assertThat(moments.variance(16)).isEqualTo(1);
        moments.enter(0, 1, false, 16); // 8, 10, 0
        assertThat(moments.mean(16)).isEqualTo(6);
        assertThat(moments.variance(16)).isCloseTo(56.0 / 3, within(1e-9));
        moments.leave(8, 1, true, 16); // 10, 0
        assertThat(moments.variance(16)).isCloseTo(25, within(1e-9));
        moments.leave(0, 1, false, 16);
        assertThat(moments.variance(16)).isZero();
    }

    @Test
    void aValueCountsOverItsWeightAndGrowsAtThatRate() {
        moments.enter(8, 2, true, 10); // 4
        moments.enter(1, 0.5, true, 10); // 2
        moments.enter(6, 2, false, 10); // 3
        assertThat(moments.mean(10)).isEqualTo(3);
        assertThat(moments.variance(10)).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(moments.mean(14)).isCloseTo(19.0 / 3, within(1e-9)); // 6, 10, 3
        assertThat(moments.variance(14)).isCloseTo(74.0 / 9, within(1e-9));
        moments.leave(5, 0.5, true, 14);
        moments.leave(12, 2, true, 14);
        assertThat(moments.mean(14)).isEqualTo(3);
        assertThat(moments.variance(14)).isZero();
    }

    @Test
    void clearedMomentsAreThoseOfNothing() {
        moments.enter(2, 1, true, 10);
        moments.enter(4, 1, false, 10);
        moments.clear();
        nothingHasNeitherMeanNorVariance();
        assertThat(moments.count()).isZero();
    }

    @Test
    void roundingLeavesNoNegativeMean() {
        for (long first = 1; first < 30; first++) {
            for (long second = 1; second < 30; second++) {
                ServiceMoments rounded = new ServiceMoments();
                rounded.enter(0, 1, false, 0);
                rounded.enter(first, 1, false, 0);
                rounded.enter(second, 1, false, 0);
                rounded.leave(first, 1, false, 0);
                rounded.leave(second, 1, false, 0);
                assertThat(rounded.mean(0)).as("after %d, %d", first, second).isBetween(0.0, 1e-9);
            }
        }
    }

    @Test
    void clocksThatCountFromAnywhereKeepItExact() {
        long start = -9_000_000_000_000_000_000L;
        moments.enter(1, 1, true, start);
        moments.enter(4, 1, true, start + 1); // 2, 4
        assertThat(moments.mean(start + 1)).isEqualTo(3);
        assertThat(moments.variance(start + 1_000_000)).isEqualTo(1);
    }
}
