/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command runs a million jobs for each figure; here a few are enough to see that it is wired. */
class TheoryExperimentTest {
    @Test
    void fewJobsComeNearTheFormulasAtLowLoad() {
        List<String> progress = new ArrayList<>();
        TheoryExperiment.Result result = new TheoryExperiment(3, 30_000, 1, progress::add).run();
        assertThat(result.rows()).hasSize(12);
        assertThat(progress).hasSize(12);
        assertThat(result.rows())
                .filteredOn(row -> row.load() == 0.5 && !row.discipline().equals("first come"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(Math.abs(row.difference())).isLessThan(0.2));
        assertThat(TheoryExperiment.lines(result))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
}
