/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Whose tasks are on which node, and with that where a new task is in the way of nobody with little left: it scores the nodes of a
 * {@link PlacementIndex} with {@link TieBreak#WORK_LEFT}. Each node runs those with least work left, so of as many as it has slots the one
 * with most is who would have to make way: the more that is, the better the node.
 *
 * <p>A change of one node's tasks costs O(m log m + log n) with m tasks on it; new keys, {@link #rescore}, cost that for each node that has
 * any. Not thread-safe: it has the owner of its index.
 *
 * @param <N> node id
 * @param <J> job, with an equality of its own
 */
public final class Residents<N extends Comparable<? super N>, J> {
    private final PlacementIndex<N> index;
    private final ToDoubleFunction<? super J> keys;
    private final Map<N, List<J>> jobs = new HashMap<>();

    /**
     * Nobody is anywhere.
     *
     * @param index whose nodes are scored
     * @param keys work left of a job, seconds, as far as known
     */
    public Residents(PlacementIndex<N> index, ToDoubleFunction<? super J> keys) {
        this.index = index;
        this.keys = keys;
    }

    /**
     * A task of the job was placed on the node.
     *
     * @throws IllegalArgumentException when the node is unknown to the index
     */
    public void placed(N node, J job) {
        List<J> there = jobs.computeIfAbsent(node, any -> new ArrayList<>(2));
        there.add(job);
        score(node, there);
    }

    /**
     * A task of the job ended there.
     *
     * @throws IllegalArgumentException when the job has none on that node
     */
    public void ended(N node, J job) {
        List<J> there = jobs.get(node);
        if (there == null || !there.remove(job)) {
            throw new IllegalArgumentException("no task of job " + job + " is on node " + node);
        }
        score(node, there);
        if (there.isEmpty()) {
            jobs.remove(node);
        }
    }

    /**
     * Sets whose tasks are on the node to what its owner counted, each job once for each of its tasks.
     *
     * @throws IllegalArgumentException when the node is unknown to the index
     */
    public void recount(N node, Collection<? extends J> owners) {
        List<J> there = jobs.get(node);
        if (there == null ? !owners.isEmpty() : !there.equals(owners)) {
            there = new ArrayList<>(owners);
            jobs.put(node, there);
            score(node, there);
        }
        if (owners.isEmpty()) {
            jobs.remove(node);
        }
    }

    /** The node is gone, and all that was there. */
    public void left(N node) {
        jobs.remove(node);
    }

    /** The node has other slots. */
    public void rescore(N node) {
        List<J> there = jobs.get(node);
        if (there != null) {
            score(node, there);
        }
    }

    /** Keys have changed. */
    public void rescore() {
        jobs.forEach(this::score);
    }

    /** The key that the job of a new task has to be below for it to run at once: of as many keys as the node has slots, the largest. */
    private void score(N node, List<J> there) {
        int slots = index.capacity(node).slots();
        double bar = Double.POSITIVE_INFINITY;
        if (there.size() >= slots) {
            double[] ascending = new double[there.size()];
            for (int i = 0; i < ascending.length; i++) {
                ascending[i] = keys.applyAsDouble(there.get(i));
            }
            Arrays.sort(ascending);
            bar = ascending[slots - 1];
        }
        index.score(node, -bar);
    }
}
