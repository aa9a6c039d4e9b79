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

    Traffic traffic() {
        return new Traffic(sizes, 1, load);
    }

    /** First come, first served. */
    double firstCome() {
        return traffic().workFound(Double.POSITIVE_INFINITY) + sizes.mean();
    }

    /** Processor sharing. */
    double sharing() {
        return sizes.mean() / (1 - load);
    }

    /** Least attained service, also called foreground-background. */
    double leastAttained() {
        Traffic traffic = traffic();
        // Others count up to what the job itself attains.
        return mean(size -> (traffic.workFound(size) + size) / (1 - traffic.loadUpTo(size)));
    }

    /** Shortest remaining processing time. */
    double shortestRemaining() {
        double arrivals = load / sizes.mean();
        double[] residence = new double[1];
        double[] reached = new double[1];
        return mean(size -> {
            // The sizes come in ascending order: what is below is integrated on the way.
            double middle = (reached[0] + size) / 2;
            residence[0] += (size - reached[0]) / (1 - arrivals * sizes.moment(1, middle));
            reached[0] = size;
            double ahead = 1 - arrivals * sizes.moment(1, size);
            return arrivals * sizes.cappedMoment(2, size) / (2 * ahead * ahead) + residence[0];
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
