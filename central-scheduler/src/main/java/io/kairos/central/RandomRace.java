/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws scores so that, among nodes with equally many tasks for each slot, each is equally likely to have the lowest, however long it has
 * had its score.
 *
 * <p>Plain uniform draws would not do that: a node that stays behind when another wins is known to have drawn high, so one
 * that comes later beats it too often. Here nodes run a race instead. A runner's time from its start to the goal is
 * exponential, which has no memory: after a win, the time that the others still need is distributed as if they had just
 * started, so one that starts at that moment has the same chance. Nodes with different loads never meet, so each load has a
 * race, and a clock, of its own.
 *
 * <p>Not thread-safe.
 */
final class RandomRace {
    private final SplittableRandom random;
    /** By load in lowest terms. */
    private final Map<Load, Double> clocks = new HashMap<>();

    RandomRace(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The time at which a node that starts now, with this many tasks and slots, arrives. */
    double start(int tasks, int slots) {
        // StrictMath: the same seed gives the same choices on every machine.
        return clocks.getOrDefault(Load.inLowestTerms(tasks, slots), 0.0) - StrictMath.log1p(-random.nextDouble());
    }

    /** A node with this many tasks and slots and with this score was taken: the clock moves on to its arrival. */
    void won(int tasks, int slots, double score) {
        clocks.merge(Load.inLowestTerms(tasks, slots), score, Math::max);
    }
}
