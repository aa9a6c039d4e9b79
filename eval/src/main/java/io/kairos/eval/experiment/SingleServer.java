/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

/**
 * Mean response times of one server to which jobs come independently of one another (M/G/1), by formula. Times in units of the sizes.
 *
 * <p>Source: M. Harchol-Balter, Performance Modeling and Design of Computer Systems, chapters 23 and 30 to 33; the formulas are those of
 * Pollaczek and Khinchine, Kleinrock, and Schrage and Miller.
 *
 * @param load share of the time that the server is busy, above 0 and below 1
 */
record SingleServer(BoundedPareto sizes, double load) {
    /** Steps of the integrals, each the same factor. */
    private static final int STEPS = 20_000;

    private double arrivals() {
        return load / sizes.mean();
    }

    /** First come, first served. */
    double firstCome() {
        return arrivals() * sizes.moment(2, sizes.most()) / (2 * (1 - load)) + sizes.mean();
    }

    /** Processor sharing. */
    double sharing() {
        return sizes.mean() / (1 - load);
    }

    /** Least attained service, also called foreground-background. */
    double leastAttained() {
        return mean(size -> {
            double ahead = 1 - arrivals() * (sizes.moment(1, size) + size * sizes.above(size));
            double second = sizes.moment(2, size) + size * size * sizes.above(size);
            return (arrivals() * second / (2 * ahead) + size) / ahead;
        });
    }

    /** Shortest remaining processing time. */
    double shortestRemaining() {
        double[] residence = new double[1];
        double[] reached = new double[1];
        return mean(size -> {
            // The sizes come in ascending order: what is below is integrated on the way.
            double middle = (reached[0] + size) / 2;
            residence[0] += (size - reached[0]) / (1 - arrivals() * sizes.moment(1, middle));
            reached[0] = size;
            double ahead = 1 - arrivals() * sizes.moment(1, size);
            double second = sizes.moment(2, size) + size * size * sizes.above(size);
            return arrivals() * second / (2 * ahead * ahead) + residence[0];
        });
    }

    /** A figure of a job of that size. */
    private interface OfSize {
        double figure(double size);
    }

    /** The mean over the sizes, which are asked for in ascending order. */
    private double mean(OfSize figure) {
        double step = Math.log(sizes.most() / sizes.least()) / STEPS;
        double mean = 0;
        for (int i = 0; i < STEPS; i++) {
            double from = sizes.least() * Math.exp(i * step);
            double to = sizes.least() * Math.exp((i + 1) * step);
            mean += figure.figure(Math.sqrt(from * to)) * (sizes.above(from) - sizes.above(to));
        }
        return mean;
    }
}
