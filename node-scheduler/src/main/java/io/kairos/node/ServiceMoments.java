/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import java.util.ArrayList;
import java.util.List;
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
    /** One for each weight of a thawed task. */
    private final List<Growing> growing = new ArrayList<>(1);

    void enter(long attained, double weight, boolean grows, long now) {
        if (!grows) {
            constant.add(attained / weight);
            return;
        }
        Growing group = growing(weight);
        if (group == null) {
            group = new Growing(weight, now);
            growing.add(group);
        }
        group.values.add(group.atEpoch(attained, now));
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
        group.values.remove(group.atEpoch(attained, now));
        if (group.values.count == 0) {
            growing.remove(group);
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
        int count = constant.count;
        for (int i = 0; i < growing.size(); i++) {
            count += growing.get(i).values.count;
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
        for (int i = 0; i < growing.size(); i++) {
            sum += growing.get(i).values.count * growing.get(i).mean(now);
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
        for (int i = 0; i < growing.size(); i++) {
            Growing group = growing.get(i);
            double apart = count == 0 ? 0 : group.mean(now) - mean;
            int joined = count + group.values.count;
            squares += group.values.squares + apart * apart * count * group.values.count / joined;
            mean = (mean * count + group.mean(now) * group.values.count) / joined;
            count = joined;
        }
        return squares / count;
    }

    private @Nullable Growing growing(double weight) {
        for (int i = 0; i < growing.size(); i++) {
            if (growing.get(i).weight == weight) {
                return growing.get(i);
            }
        }
        return null;
    }

    /** Thawed tasks of one weight. Their values are kept as they were at one moment, which keeps them small and exact. */
    private static final class Growing {
        private final double weight;
        private final long epoch;
        private final Group values = new Group();

        private Growing(double weight, long epoch) {
            this.weight = weight;
            this.epoch = epoch;
        }

        private double atEpoch(long attained, long now) {
            return (attained - (now - epoch)) / weight;
        }

        private double mean(long now) {
            return values.mean + (now - epoch) / weight;
        }
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
