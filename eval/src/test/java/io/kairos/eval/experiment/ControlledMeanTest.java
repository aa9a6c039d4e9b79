/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableDoubleArray;
import io.kairos.eval.experiment.ControlledMean.Batch;
import io.kairos.eval.experiment.ControlledMean.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ControlledMeanTest {
    private static final ImmutableDoubleArray NONE = ImmutableDoubleArray.of();

    @Test
    void withoutDeviationsItIsThePlainMeanWithStudentsInterval() {
        Estimate estimate =
                ControlledMean.of(List.of(new Batch(10, 10, NONE), new Batch(10, 20, NONE), new Batch(10, 30, NONE)));
        assertThat(estimate.jobs()).isEqualTo(30);
        assertThat(estimate.plain()).isEqualTo(2);
        assertThat(estimate.mean()).isEqualTo(2);
        // Means of 1, 2 and 3: a standard error of 1 / sqrt(3), and 4.3027 of them with two degrees of freedom.
        assertThat(estimate.interval()).isCloseTo(4.3027 / Math.sqrt(3), within(1e-3));
    }

    @Test
    void longBatchesCountForMore() {
        assertThat(ControlledMean.of(List.of(new Batch(10, 10, NONE), new Batch(30, 90, NONE)))
                        .mean())
                .isEqualTo(2.5);
    }

    @Test
    void whatTheDeviationsExplainIsLeftOut() {
        SplittableRandom random = new SplittableRandom(1);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int jobs = random.nextInt(5, 50);
            // As if all batches happened to be heavy.
            double heavier = random.nextDouble(1, 3);
            batches.add(new Batch(jobs, 7 * jobs + 4 * heavier, ImmutableDoubleArray.of(heavier)));
        }
        Estimate estimate = ControlledMean.of(batches);
        assertThat(estimate.plain()).isGreaterThan(7.1);
        assertThat(estimate.mean()).isCloseTo(7, within(1e-9));
        assertThat(estimate.interval()).isLessThan(1e-9);
    }

    @Test
    void fewBatchesAreNotFitted() {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 19; i++) {
            batches.add(new Batch(10, 70 + i, ImmutableDoubleArray.of(i)));
        }
        Estimate estimate = ControlledMean.of(batches);
        assertThat(estimate.mean()).isEqualTo(estimate.plain());
        batches.add(new Batch(10, 70 + 19, ImmutableDoubleArray.of(19)));
        assertThat(ControlledMean.of(batches).mean()).isCloseTo(7, within(1e-9));
    }

    /** Of 95 % intervals 95 in a hundred hold the truth; of 2,000, with a standard deviation of half a per cent. */
    @Test
    void theIntervalHoldsTheTruthAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(2);
        int held = 0;
        double narrower = 0;
        for (int experiment = 0; experiment < 2_000; experiment++) {
            List<Batch> batches = new ArrayList<>();
            List<Batch> uncontrolled = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int jobs = random.nextInt(5, 50);
                double first = random.nextGaussian() * Math.sqrt(jobs);
                double second = first / 2 + random.nextGaussian() * Math.sqrt(jobs);
                double time = 3 * jobs + 2 * first - second + 0.5 * random.nextGaussian() * Math.sqrt(jobs);
                batches.add(new Batch(jobs, time, ImmutableDoubleArray.of(first, second)));
                uncontrolled.add(new Batch(jobs, time, NONE));
            }
            Estimate estimate = ControlledMean.of(batches);
            held += Math.abs(estimate.mean() - 3) <= estimate.interval() ? 1 : 0;
            narrower += estimate.interval() / ControlledMean.of(uncontrolled).interval() / 2_000;
        }
        assertThat(held / 2_000.0).isCloseTo(0.95, within(0.015));
        assertThat(narrower).isLessThan(0.5);
    }
}
