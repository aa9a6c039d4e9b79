/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemainingWorkTest {
    @ParameterizedTest
    @CsvSource({
        // attained, unfinished, finished, usual, left
        "0, 50, 0, 0, 0", // it has not been tried
        "12, 4, 0, 0, 48", // as if one ended now
        "12, 4, 1, 0, 48",
        "40, 6, 4, 0, 60", // ten seconds a task
        "500, 0, 25, 0, 0",
        "0, 50, 0, 20, 1000", // as any of its width
        "12, 4, 0, 20, 128",
        "40, 6, 4, 20, 72", // one of twenty seconds among four of ten
        "500, 0, 25, 20, 0"
    })
    void itIsTheMeanLengthTimesTheTasksLeft(
            double attained, long unfinished, long finished, double usual, double left) {
        assertThat(RemainingWork.of(attained, unfinished, finished, usual)).isEqualTo(left);
    }

    /** Tasks of exponential lengths, side by side, looked at when half of them have ended: those that still run count as well. */
    @Test
    void ofExponentialTasksItIsRightOnAverage() {
        SplittableRandom random = new SplittableRandom(11);
        int rounds = 4_000;
        int tasks = 40;
        double learned = 0;
        double actual = 0;
        for (int round = 0; round < rounds; round++) {
            double[] lengths = new double[tasks];
            Arrays.setAll(lengths, task -> -30 * Math.log1p(-random.nextDouble()));
            Arrays.sort(lengths);
            double now = lengths[tasks / 2 - 1];
            double attained =
                    Arrays.stream(lengths).map(length -> Math.min(length, now)).sum();
            learned += RemainingWork.of(attained, tasks / 2, tasks / 2, 0);
            actual += Arrays.stream(lengths)
                    .map(length -> Math.max(0, length - now))
                    .sum();
        }
        assertThat(learned / actual).isCloseTo(1, within(0.02));
    }

    @Property
    void itIsOrderedByThePowerOfTwoBelow(@ForAll @DoubleRange(min = 1e-6, max = 1e12) @Scale(6) double seconds) {
        double key = RemainingWork.key(seconds);
        assertThat(key).isLessThanOrEqualTo(seconds).isGreaterThan(seconds / 2);
        assertThat(key).isEqualTo(Math.scalb(1.0, Math.getExponent(key)));
        assertThat(RemainingWork.key(key)).isEqualTo(key);
        assertThat(RemainingWork.key(2 * seconds)).isEqualTo(2 * key);
    }

    @Test
    void whereNothingIsLeftTheOrderSaysSo() {
        assertThat(RemainingWork.key(0)).isZero();
        assertThat(RemainingWork.key(63.9)).isEqualTo(32);
        assertThat(RemainingWork.key(64)).isEqualTo(64);
    }
}
