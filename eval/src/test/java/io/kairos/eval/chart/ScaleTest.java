/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private static List<String> labels(Scale scale, int wanted) {
        return scale.ticks(wanted).stream().map(Tick::label).toList();
    }

    @Test
    void linearTicksAreRound() {
        assertThat(labels(Scale.linear(0, 100, 0, 1), 5)).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(labels(Scale.linear(0, 151.2, 0, 1), 8))
                .containsExactly("0", "20", "40", "60", "80", "100", "120", "140");
    }

    @Test
    void logarithmicTicksAreDigitsOfTheDecadesAndThenTheDecades() {
        assertThat(labels(Scale.logarithmic(0.7, 18, 0, 1), 10)).containsExactly("0.5", "1", "2", "5", "10", "20");
        assertThat(labels(Scale.logarithmic(1, 100_000, 0, 1), 10))
                .containsExactly("1", "10", "100", "1000", "10000", "100000");
    }

    @Test
    void equalRatiosAreEqualDistances() {
        Scale scale = Scale.logarithmic(1, 100, 0, 200);
        assertThat(scale.at(1)).isZero();
        assertThat(scale.at(10)).isCloseTo(100, within(1e-9));
        assertThat(scale.at(100)).isCloseTo(200, within(1e-9));
    }

    @Property
    void everyValueFallsOnTheAxis(
            @ForAll @DoubleRange(min = 0, max = 1e9) double low, @ForAll @DoubleRange(min = 0, max = 1e9) double high) {
        Scale scale = Scale.logarithmic(Math.min(low, high), Math.max(low, high), 10, 20);
        assertThat(scale.at(low)).isBetween(10.0, 20.0);
        assertThat(scale.at(high)).isBetween(10.0, 20.0);
        assertThat(scale.ticks(10)).isNotEmpty();
    }
}
