/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void percentilesInterpolateBetweenTheClosestRanks() {
        Distribution figures =
                Distribution.withTail(List.of(40.0, 10.0, 20.0, 30.0)).orElseThrow();

        // Ranks 1 + 3 p: 2.5, 3.7 and 3.97.
        assertThat(figures.p50()).isEqualTo(25);
        assertThat(figures.p90()).isCloseTo(37, within(1e-9));
        assertThat(figures.p99()).isCloseTo(39.7, within(1e-9));
        assertThat(figures.mean()).isEqualTo(25);
        assertThat(figures.max()).isEqualTo(40);
    }

    @Test
    void tailIsTheMeanOfTheWorstTwentieth() {
        List<Double> oneToHundred =
                IntStream.rangeClosed(1, 100).mapToObj(value -> (double) value).toList();
        assertThat(Distribution.withTail(oneToHundred).orElseThrow().cvar95()).isEqualTo(98.0);
        // Of three values a twentieth is rounded up to one.
        assertThat(Distribution.withTail(List.of(1.0, 2.0, 7.0)).orElseThrow().cvar95())
                .isEqualTo(7.0);
    }

    @Test
    void oneValueIsEveryFigure() {
        assertThat(Distribution.of(List.of(3.0))).contains(new Distribution(3, 3, 3, 3, 3, null));
    }

    @Test
    void nothingHasNoFigures() {
        assertThat(Distribution.of(List.of())).isEmpty();
    }

    @Test
    void rejectsWhatIsNotFinite() {
        assertThatIllegalArgumentException().isThrownBy(() -> Distribution.of(List.of(1.0, Double.NaN)));
        assertThatIllegalArgumentException().isThrownBy(() -> Distribution.of(List.of(Double.NEGATIVE_INFINITY)));
    }

    @Property
    void figuresAreInOrder(@ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = 0, max = 1e6) Double> sample) {
        Distribution figures = Distribution.of(sample).orElseThrow();
        assertThat(figures.p50()).isLessThanOrEqualTo(figures.p90());
        assertThat(figures.p90()).isLessThanOrEqualTo(figures.p99());
        assertThat(figures.p99()).isLessThanOrEqualTo(figures.max());
    }
}
