/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import org.jspecify.annotations.Nullable;

/**
 * Mean and variance of attained service over weight, over all tasks of a node, kept up to date in O(1) for each change and in
 * O(distinct weights) for each query.
 *
 * <p>Where it is wall time, that of all thawed tasks of one weight grows at the same rate, that of the others not at all. Where
 * it is read from counters, it stands still between two readings. So there is one group for what stands still and one for each
 * weight: time shifts the mean of such a group and changes nothing else. Each group adds and removes values after Welford; a
 * query joins the groups after Chan, Golub and LeVeque (1983). Removing a value leaves a rounding error of some 1e-16 of its
 * square, which is far below what a comparison of nodes can use; a group that empties forgets everything, rounding errors
 * included.
 */
final class ServiceMoments {
    private final Group constant = new Group();
    /** The first of a chain with one for each weight of a thawed task. No list: most nodes have one weight and are asked often. */
    private @Nullable Growing growing;

    void enter(long attained, double weight, boolean grows, long now) {
        if (!grows) {
            constant.add(attained / weight);
            return;
        }
        Growing group = growing(weight);
        if (group == null) {
            group = append(new Growing(weight, now));
        }
        group.add(group.atEpoch(attained, now));
    }

    void leave(long attained, double weight, boolean grows, long now) {
        if (!grows) {
            constant.remove(attained / weight);
            return;
        }
        Growing group = growing(weight);
        if (group == null) {
            throw new IllegalStateException("no value of weight " + weight + " has entered");
        }
        group.remove(group.atEpoch(attained, now));
        if (group.count == 0) {
            takeOut(group);
        }
    }

    /**
     * Forgets all values, and rounding errors with them. Readings change values by little and often, and such changes taken one
     * after the other would let the errors pile up within days; whoever has many values to change enters all anew.
     */
    void clear() {
        growing = null;
        constant.clear();
    }

    int count() {
        int count = constant.count;
        for (Growing group = growing; group != null; group = group.next) {
            count += group.count;
        }
        return count;
    }

    /** The mean, 0 when there is no task. */
    double mean(long now) {
        int count = count();
        if (count == 0) {
            return 0;
        }
        double sum = constant.count * constant.mean;
        for (Growing group = growing; group != null; group = group.next) {
            sum += group.count * group.meanAt(now);
        }
        // Removing leaves rounding errors behind; near nothing they may not make the mean negative.
        return Math.max(0, sum / count);
    }

    /** The population variance, exactly 0 for less than two tasks. */
    double variance(long now) {
        if (count() < 2) {
            return 0;
        }
        int count = constant.count;
        double mean = constant.mean;
        double squares = constant.squares;
        for (Growing group = growing; group != null; group = group.next) {
            double apart = count == 0 ? 0 : group.meanAt(now) - mean;
            int joined = count + group.count;
            squares += group.squares + apart * apart * count * group.count / joined;
            mean = (mean * count + group.meanAt(now) * group.count) / joined;
            count = joined;
        }
        return squares / count;
    }

    private @Nullable Growing growing(double weight) {
        for (Growing group = growing; group != null; group = group.next) {
            if (group.weight == weight) {
                return group;
            }
        }
        return null;
    }

    /** At the end: in which order groups are joined shows in the last bits of a result. */
    private Growing append(Growing added) {
        if (growing == null) {
            growing = added;
        } else {
            Growing last = growing;
            while (last.next != null) {
                last = last.next;
            }
            last.next = added;
        }
        return added;
    }

    private void takeOut(Growing group) {
        if (growing == group) {
            growing = group.next;
            return;
        }
        for (Growing before = growing; before != null; before = before.next) {
            if (before.next == group) {
                before.next = group.next;
                return;
            }
        }
    }

    /** Thawed tasks of one weight. Their values are kept as they were at one moment, which keeps them small and exact. */
    private static final class Growing extends Group {
        private final double weight;
        private final long epoch;
        private @Nullable Growing next;

        private Growing(double weight, long epoch) {
            this.weight = weight;
            this.epoch = epoch;
        }

        private double atEpoch(long attained, long now) {
            return (attained - (now - epoch)) / weight;
        }

        private double meanAt(long now) {
            return mean + (now - epoch) / weight;
        }
    }

    /** Count, mean and sum of squared deviations of some values. */
    private static class Group {
        int count;
        double mean;
        double squares;

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
