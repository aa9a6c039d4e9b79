/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.experiment.TheoryExperiment.Result;
import io.kairos.eval.experiment.TheoryExperiment.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TheoryExperimentTest {
    private static final double BAR = 0.02;

    /**
     * The command takes twelve times as many jobs, and then all means are within two per cent. These are enough for it but where long jobs pile
     * up at a load of 0.9, which there the interval has to say.
     */
    @Test
    void meansAreWithinTwoPerCentOfTheirFormulas() {
        List<String> progress = new ArrayList<>();
        Result result = new TheoryExperiment(2, 200_000, 1, progress::add).run();
        assertThat(result.rows()).hasSize(21);
        assertThat(progress).hasSize(20).contains("theory: least attained service, load 0.9");
        // For the others, which have no busy periods, see RandomChoicesTest.
        assertThat(result.rows().subList(0, 15)).allSatisfy(row -> {
            double off = Math.abs(row.measured() - row.formula());
            boolean piles = row.load() == 0.9 && row.figure().contains("Pareto");
            assertThat(off)
                    .describedAs("%s", row)
                    .isLessThan(piles ? Math.max(BAR * row.formula(), row.interval()) : BAR * row.formula());
            assertThat(row.interval()).describedAs("%s", row).isLessThan(0.06 * row.formula());
            assertThat(row.jobs()).isGreaterThanOrEqualTo(piles ? 1_600_000 : 400_000);
        });
        assertThat(TheoryExperiment.lines(result))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theFewestJobsThatCanBeAskedForGiveAResultToo() {
        Result result = new TheoryExperiment(2, 1_000, 3, line -> {}).run();
        assertThat(result.rows()).allSatisfy(row -> {
            assertThat(row.measured()).isPositive().isFinite();
            assertThat(row.interval()).isNotNegative().isFinite();
        });
        assertThat(measured(result, "shortest remaining")).isLessThan(measured(result, "processor sharing"));
        assertThat(new TheoryExperiment(2, 1_000, 3, line -> {}).run().rows()).isEqualTo(result.rows());
    }

    private static double measured(Result result, String discipline) {
        return result.rows().stream()
                .filter(row -> row.discipline().equals(discipline) && row.load() == 0.7)
                .mapToDouble(Row::measured)
                .findFirst()
                .orElseThrow();
    }
}
