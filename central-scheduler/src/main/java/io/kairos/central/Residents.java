/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Whose tasks are on which node, and with that where a new task is in the way of nobody with little left: it scores the nodes of a
 * {@link PlacementIndex} with {@link TieBreak#WORK_LEFT} by the least key among the jobs that are there.
 *
 * <p>A change of one node's tasks costs O(tasks of the node + log n); new keys, {@link #rescore}, cost that for each node that has
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

    /** The node is gone, and all that was there. */
    public void left(N node) {
        jobs.remove(node);
    }

    /** Keys have changed. */
    public void rescore() {
        jobs.forEach(this::score);
    }

    private void score(N node, List<J> there) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < there.size(); i++) {
            least = Math.min(least, keys.applyAsDouble(there.get(i)));
        }
        index.score(node, -least);
    }
}
