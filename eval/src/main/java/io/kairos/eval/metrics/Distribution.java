/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.metrics;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one sample. Percentiles interpolate linearly between the two closest ranks (Hyndman and Fan's type 7, the
 * default of NumPy and R): of n values in order, percentile p lies at rank 1 + (n - 1) p / 100.
 *
 * @param cvar95 mean of the worst 5 % of the values, rounded up to whole values; null where it is not asked for
 */
public record Distribution(double p50, double p90, double p99, double mean, double max, @Nullable Double cvar95) {

    /** The figures without cvar95; empty for an empty sample. */
    public static Optional<Distribution> of(Collection<Double> sample) {
        return of(sample, false);
    }

    /** The figures with cvar95; empty for an empty sample. */
    public static Optional<Distribution> withTail(Collection<Double> sample) {
        return of(sample, true);
    }

    private static Optional<Distribution> of(Collection<Double> sample, boolean tail) {
        if (sample.isEmpty()) {
            return Optional.empty();
        }
        double[] sorted =
                sample.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("a sample must hold finite values only");
        }
        return Optional.of(new Distribution(
                percentile(sorted, 50),
                percentile(sorted, 90),
                percentile(sorted, 99),
                Arrays.stream(sorted).average().orElseThrow(),
                sorted[sorted.length - 1],
                tail ? meanOfWorst(sorted, 0.05) : null));
    }

    /**
     * A percentile by linear interpolation.
     *
     * @param sorted the sample in ascending order, not empty
     * @param percent 0 to 100
     */
    public static double percentile(double[] sorted, double percent) {
        double rank = (sorted.length - 1) * percent / 100;
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    private static double meanOfWorst(double[] sorted, double share) {
        int worst = (int) Math.ceil(share * sorted.length);
        return Arrays.stream(sorted, sorted.length - worst, sorted.length)
                .average()
                .orElseThrow();
    }
}
