/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

/**
 * Mean and variance of attained service over all tasks of a node, kept up to date in O(1) for each change and each query.
 *
 * <p>Where it is wall time, the attained service of all thawed tasks grows at the same rate, that of the others not at all.
 * Where it is read from counters, it stands still between two readings. So there are two groups: time shifts the mean of the
 * first and changes nothing else. Each group adds and removes values after Welford; a query joins the two after Chan, Golub and
 * LeVeque (1983). Removing a value leaves a rounding error of some 1e-16 of its square, which is far below what a comparison of
 * nodes can use; a group that empties forgets everything, rounding errors included.
 */
final class ServiceMoments {
    private final Group growing = new Group();
    private final Group constant = new Group();
    /** Values of the growing group are kept as they were at this moment, which keeps them small and exact. */
    private long epoch;

    void enter(long attained, boolean grows, long now) {
        if (grows) {
            if (growing.count == 0) {
                epoch = now;
            }
            growing.add(attained - (now - epoch));
        } else {
            constant.add(attained);
        }
    }

    void leave(long attained, boolean grows, long now) {
        if (grows) {
            growing.remove(attained - (now - epoch));
        } else {
            constant.remove(attained);
        }
    }

    /**
     * Forgets all values, and rounding errors with them. Readings change values by little and often, and such changes taken one
     * after the other would let the errors pile up within days; whoever has many values to change enters all anew.
     */
    void clear() {
        growing.clear();
        constant.clear();
    }

    int count() {
        return growing.count + constant.count;
    }

    /** Mean attained service, 0 when there is no task. */
    double mean(long now) {
        if (count() == 0) {
            return 0;
        }
        double sum = growing.count * growingMean(now) + constant.count * constant.mean;
        // Removing leaves rounding errors behind; near nothing they may not make the mean negative.
        return Math.max(0, sum / count());
    }

    /** Population variance of attained service, exactly 0 for less than two tasks. */
    double variance(long now) {
        if (count() < 2) {
            return 0;
        }
        double apart = growing.count == 0 || constant.count == 0 ? 0 : growingMean(now) - constant.mean;
        double between = apart * apart * growing.count * constant.count / count();
        return (growing.squares + constant.squares + between) / count();
    }

    private double growingMean(long now) {
        return growing.count == 0 ? 0 : growing.mean + (now - epoch);
    }

    /** Count, mean and sum of squared deviations of some values. */
    private static final class Group {
        private int count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double deviation = value - mean;
            mean += deviation / count;
            squares += deviation * (value - mean);
        }

        void clear() {
            count = 0;
            mean = 0;
            squares = 0;
        }

        void remove(double value) {
            count--;
            if (count == 0) {
                clear();
                return;
            }
            double deviation = value - mean;
            mean -= deviation / count;
            // Rounding may not leave less than nothing; one value deviates from itself by nothing.
            squares = count == 1 ? 0 : Math.max(0, squares - deviation * (value - mean));
        }
    }
}
