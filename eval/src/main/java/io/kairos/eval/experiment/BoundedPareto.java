/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import java.util.SplittableRandom;

/**
 * The Pareto distribution between two bounds: the usual model of heavy-tailed work.
 *
 * @param shape alpha, above 0 and neither 1 nor 2
 * @param least the smallest value, above 0
 * @param most the largest value
 */
record BoundedPareto(double shape, double least, double most) implements Sizes {
    /** The probability density. */
    double density(double x) {
        return x < least || x > most ? 0 : factor() * Math.pow(x, -shape - 1);
    }

    /** The probability of a value above x. */
    double above(double x) {
        return x <= least ? 1 : x >= most ? 0 : factor() / shape * (Math.pow(x, -shape) - Math.pow(most, -shape));
    }

    /** The part of the n-th moment that values up to x have; the moment itself where x is the largest value. */
    double moment(int n, double x) {
        double upTo = Math.min(Math.max(x, least), most);
        return factor() / (n - shape) * (Math.pow(upTo, n - shape) - Math.pow(least, n - shape));
    }

    @Override
    public double cappedMoment(int n, double cap) {
        double atMost = Math.min(cap, most);
        return moment(n, atMost) + Math.pow(atMost, n) * above(atMost);
    }

    @Override
    public double draw(SplittableRandom random) {
        double share = 1 - Math.pow(least / most, shape);
        return least * StrictMath.pow(1 - random.nextDouble() * share, -1 / shape);
    }

    private double factor() {
        return shape * Math.pow(least, shape) / (1 - Math.pow(least / most, shape));
    }
}
