/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.experiment.TheoryExperiment.Result;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What results.json of experiments holds: nothing that differs from run to run or from machine to machine.
 *
 * @param commit of the sources; null where that is not known
 * @param resamples of the bootstrap
 * @param confidence that its intervals are made for
 * @param theory the simulator against formulas; null where that was not asked for
 * @param failures why an experiment gave nothing, by its name
 */
public record ExperimentResults(
        @Nullable String commit,
        int resamples,
        double confidence,
        List<ExperimentResult> experiments,
        @Nullable Result theory,
        Map<String, String> failures) {
    public ExperimentResults {
        experiments = List.copyOf(experiments);
    }

    /** With the bootstrap that every experiment has. */
    public static ExperimentResults of(
            @Nullable String commit,
            List<ExperimentResult> experiments,
            @Nullable Result theory,
            Map<String, String> failures) {
        return new ExperimentResults(commit, Bootstrap.RESAMPLES, Bootstrap.CONFIDENCE, experiments, theory, failures);
    }
}
