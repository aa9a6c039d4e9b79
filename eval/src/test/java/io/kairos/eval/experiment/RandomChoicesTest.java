/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kairos.eval.experiment.TheoryExperiment.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomChoicesTest {
    @Test
    void oneChoiceIsAServerOfItsOwn() {
        RandomChoice one = new RandomChoice(1, 0.9);
        assertThat(one.meanQueue()).isCloseTo(9, within(1e-9));
        assertThat(one.waitsLonger(0)).isCloseTo(0.9, within(1e-9));
        // Exponential: 0.9 exp(-0.1 t).
        assertThat(one.waitsLonger(20)).isCloseTo(0.9 * Math.exp(-2), within(1e-9));
        assertThat(one.waitPercentile(99)).isCloseTo(10 * Math.log(90), within(1e-6));
    }

    /** The sum of the load to the powers of 1, 3, 7, 15... */
    @ParameterizedTest
    @CsvSource({"0.5,0.632843", "0.7,1.130118", "0.9,2.352652"})
    void twoChoicesHaveTheirFixedPoint(double load, double queue) {
        RandomChoice two = new RandomChoice(2, load);
        assertThat(two.withAtLeast(2)).isCloseTo(load * load * load, within(1e-12));
        assertThat(two.meanQueue()).isCloseTo(queue, within(1e-6));
        assertThat(two.waitsLonger(0)).isCloseTo(load * load, within(1e-12));
    }

    @Test
    void twoChoicesKeepQueuesShort() {
        List<Row> rows = new RandomChoices(4, 300_000, 1, line -> {}).rows();
        assertThat(rows).hasSize(6);
        assertThat(rows.subList(0, 3)).allSatisfy(row -> {
            assertThat(row.discipline()).isEqualTo("two choices");
            assertThat(Math.abs(row.difference())).describedAs("%s", row).isLessThan(0.02);
        });
        assertThat(rows).extracting(Row::held).containsExactly(true, true, true, false, false, false);
        Row ratio = rows.get(5);
        assertThat(ratio.discipline()).isEqualTo("one over two");
        assertThat(ratio.measured() - ratio.interval()).isGreaterThan(3);
        assertThat(ratio.formula()).isCloseTo(6.25, within(0.01));
    }
}
