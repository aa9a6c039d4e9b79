/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.metrics.Distribution;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Percentile bootstrap of figures over seeds: seeds are drawn with replacement again and again, and the interval is where the middle 95 %
 * of the figures lie that come out. The same draws serve every figure, so that two figures of one seed always go together: a ratio of two
 * policies is one of the same jobs. Immutable.
 *
 * <p>Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap, chapter 13. With few seeds such intervals are too narrow: of normal
 * samples of 5 they hold the true mean in 78 to 88 of 100 cases, of 20 in 90 to 95.
 */
final class Bootstrap {
    static final int RESAMPLES = 2_000;
    static final double CONFIDENCE = 0.95;

    /** With fewer seeds there is no interval. */
    static final int FEWEST_SEEDS = 5;

    /** Differences below this share of the mean are rounding errors. */
    private static final double ROUNDING = 1e-12;

    /** For each resample the seeds that it draws, by their place. */
    private final int[][] draws;

    /**
     * @param seeds how many there are
     * @param seed of the draws
     */
    Bootstrap(int seeds, long seed) {
        RandomGenerator random = new Well19937c(seed);
        draws = new int[seeds < FEWEST_SEEDS ? 0 : RESAMPLES][seeds];
        for (int[] draw : draws) {
            Arrays.setAll(draw, place -> random.nextInt(seeds));
        }
    }

    /** The mean of a figure of each seed. */
    Estimate mean(double[] values) {
        return estimate(average(values), draw -> average(values, draw));
    }

    /**
     * The ratio of two means.
     *
     * @param values a figure of each seed
     * @param base the figure of the same seeds that it is divided by
     * @return empty if there is nothing to divide by
     */
    Optional<Estimate> ratio(double[] values, double[] base) {
        double divisor = average(base);
        if (!(divisor > 0)) {
            return Optional.empty();
        }
        return Optional.of(estimate(average(values) / divisor, draw -> average(values, draw) / average(base, draw)));
    }

    /** A figure of the seeds that were drawn. */
    private interface Resampled {
        double figure(int[] draw);
    }

    private Estimate estimate(double mean, Resampled resampled) {
        double[] sorted =
                Arrays.stream(draws).mapToDouble(resampled::figure).sorted().toArray();
        if (sorted.length == 0 || !Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) {
            return new Estimate(mean, null, null);
        }
        if (sorted[sorted.length - 1] - sorted[0] <= ROUNDING * Math.abs(mean)) {
            return new Estimate(mean, null, null);
        }
        double outside = 100 * (1 - CONFIDENCE) / 2;
        return new Estimate(
                mean, Distribution.percentile(sorted, outside), Distribution.percentile(sorted, 100 - outside));
    }

    private static double average(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double average(double[] values, int[] draw) {
        double sum = 0;
        for (int place : draw) {
            sum += values[place];
        }
        return sum / draw.length;
    }
}
