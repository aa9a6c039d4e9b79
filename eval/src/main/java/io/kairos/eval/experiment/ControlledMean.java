/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * The mean time of a job, estimated from independent batches of jobs, without what is known to be chance.
 *
 * <p>With heavy tails the plain mean is of little use: whether a million jobs hold a few of the longest more or less decides it. How much
 * more or less is known, though. So the batches' times are fitted, by least squares, to by how much the batches were heavier than their
 * kind (control variates), and the estimate is what the fit says of a batch that is not heavier at all. That is honest, whatever the
 * slopes of the fit: the deviations are those of the jobs as drawn, which no simulator had in its hands, and are 0 in the mean, so that the
 * estimate goes to where the plain mean goes. The fit only decides how fast, and the interval comes from what it leaves unexplained.
 *
 * <p>First come, first served, it leaves nothing: a job of a single server waits for just the work that it finds, and the mean of that is
 * the formula. Such a figure holds the simulator to the same jobs counted without it; one that were wrong would still come out wrong.
 *
 * <p>Source: S. S. Lavenberg and P. D. Welch, A Perspective on the Use of Control Variables to Increase the Efficiency of Monte Carlo
 * Simulations, Management Science 1981; for the mean a job from batches of unequal length, the regenerative method.
 */
final class ControlledMean {
    private static final double CONFIDENCE = 0.95;

    /** With fewer batches for each slope the fit explains chance by chance: the plain mean it is then. */
    private static final int BATCHES_A_SLOPE = 10;

    private ControlledMean() {}

    /**
     * What one batch came to.
     *
     * @param time of all its jobs together
     * @param deviations of a mean of 0, as many in each batch
     */
    record Batch(int jobs, double time, ImmutableDoubleArray deviations) {}

    /**
     * A mean time of a job.
     *
     * @param jobs measured
     * @param plain the mean as it is
     * @param mean the mean without what is known to be chance
     * @param interval half the width of its 95 % interval, Student's t
     */
    record Estimate(long jobs, double plain, double mean, double interval) {}

    /** @param batches at least 2 */
    static Estimate of(List<Batch> batches) {
        double[] times = batches.stream().mapToDouble(Batch::time).toArray();
        double[] jobs = batches.stream().mapToDouble(Batch::jobs).toArray();
        int slopes = batches.get(0).deviations().length();
        boolean few = batches.size() < BATCHES_A_SLOPE * (slopes + 1);
        double[][] deviations = batches.stream()
                .map(batch -> few ? new double[0] : batch.deviations().toArray())
                .toArray(double[][]::new);
        Fit jobsOfABatch = Fit.of(jobs, deviations);
        double mean = Fit.of(times, deviations).ofNone() / jobsOfABatch.ofNone();
        // What a batch took beyond its due: 0 in the mean, and linear in the batches, as a mean a job is not.
        double[] excess = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            excess[i] = times[i] - mean * jobs[i];
        }
        double error = Fit.of(excess, deviations).error() / jobsOfABatch.ofNone();
        int degreesOfFreedom = batches.size() - deviations[0].length - 1;
        return new Estimate(
                Math.round(StatUtils.sum(jobs)),
                StatUtils.sum(times) / StatUtils.sum(jobs),
                mean,
                width(degreesOfFreedom) * error);
    }

    /**
     * Least squares.
     *
     * @param ofNone of a batch without deviations
     * @param error standard error of that
     */
    private record Fit(double ofNone, double error) {
        static Fit of(double[] values, double[][] deviations) {
            if (deviations[0].length == 0) {
                return new Fit(StatUtils.mean(values), Math.sqrt(StatUtils.variance(values) / values.length));
            }
            OLSMultipleLinearRegression fit = new OLSMultipleLinearRegression();
            fit.newSampleData(values, deviations);
            return new Fit(fit.estimateRegressionParameters()[0], fit.estimateRegressionParametersStandardErrors()[0]);
        }
    }

    private static double width(int degreesOfFreedom) {
        return new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    }
}
