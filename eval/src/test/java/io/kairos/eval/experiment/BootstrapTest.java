/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTest {
    private static double low(Estimate estimate) {
        return Objects.requireNonNull(estimate.low());
    }

    private static double high(Estimate estimate) {
        return Objects.requireNonNull(estimate.high());
    }

    @Test
    void theMeanOfTwoValuesIsResampledAsABinomial() {
        int seeds = 40;
        double[] values = new double[seeds];
        Arrays.fill(values, 0, 10, 1);
        BinomialDistribution ones = new BinomialDistribution(seeds, 0.25);

        Estimate estimate = new Bootstrap(seeds, 7).mean(values);

        assertThat(estimate.mean()).isEqualTo(0.25);
        double step = 1.0 / seeds;
        assertThat(low(estimate)).isCloseTo(ones.inverseCumulativeProbability(0.025) * step, within(step));
        assertThat(high(estimate)).isCloseTo(ones.inverseCumulativeProbability(0.975) * step, within(step));
    }

    /** What is known of this bootstrap: it is too narrow for few seeds and right for many. */
    @ParameterizedTest
    @CsvSource({"5,0.78,0.88", "20,0.90,0.955", "100,0.925,0.97"})
    void intervalsOfNormalSamplesHoldTheMeanAsOftenAsIsKnown(int seeds, double least, double most) {
        Bootstrap bootstrap = new Bootstrap(seeds, 1);
        RandomGenerator random = new Well19937c(2);
        int trials = 2_000;
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] sample = new double[seeds];
            Arrays.setAll(sample, i -> 10 + 3 * random.nextGaussian());
            Estimate estimate = bootstrap.mean(sample);
            held += low(estimate) <= 10 && 10 <= high(estimate) ? 1 : 0;
        }
        assertThat((double) held / trials).isBetween(least, most);
    }

    @Test
    void aRatioIsOneOfTheSameSeeds() {
        double[] base = {1, 10, 100, 1_000, 10_000};
        double[] half = Arrays.stream(base).map(value -> value / 2).toArray();
        SplittableRandom random = new SplittableRandom(3);
        double[] nearlyHalf = Arrays.stream(base)
                .map(value -> value / 2 * random.nextDouble(0.98, 1.02))
                .toArray();
        Bootstrap bootstrap = new Bootstrap(base.length, 1);

        assertThat(bootstrap.ratio(half, base)).contains(new Estimate(0.5, null, null));
        Estimate near = bootstrap.ratio(nearlyHalf, base).orElseThrow();
        assertThat(low(near)).isBetween(0.48, near.mean());
        assertThat(high(near)).isBetween(near.mean(), 0.52);
        // The means themselves are known to no more than a factor of some hundreds.
        Estimate mean = bootstrap.mean(half);
        assertThat(high(mean) / low(mean)).isGreaterThan(20);
    }

    @Test
    void aRatioIsThatOfTheMeans() {
        assertThat(new Bootstrap(2, 1).ratio(new double[] {1, 5}, new double[] {4, 8}))
                .contains(new Estimate(0.5, null, null));
    }

    @Test
    void thereIsNoRatioToNothing() {
        assertThat(new Bootstrap(2, 1).ratio(new double[] {1, 2}, new double[] {0, 0}))
                .isEmpty();
    }

    @Test
    void seedsThatAgreeHaveNoIntervalAndNeitherHaveFewSeeds() {
        assertThat(new Bootstrap(6, 1).mean(new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}))
                .satisfies(estimate -> assertThat(estimate.low()).isNull())
                .satisfies(estimate -> assertThat(estimate.mean()).isCloseTo(0.1, within(1e-12)));
        assertThat(new Bootstrap(4, 1).mean(new double[] {1, 2, 3, 4})).isEqualTo(new Estimate(2.5, null, null));
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        double[] values = new SplittableRandom(1).doubles(20).toArray();
        assertThat(new Bootstrap(20, 4).mean(values)).isEqualTo(new Bootstrap(20, 4).mean(values));
        assertThat(new Bootstrap(20, 4).mean(values)).isNotEqualTo(new Bootstrap(20, 5).mean(values));
    }
}
