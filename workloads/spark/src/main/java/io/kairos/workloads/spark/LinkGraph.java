/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A random graph in which every vertex has the same number of links, and what PageRank makes of a vertex. Ranks are whole
 * numbers, so that it does not matter in which order they are added up. Immutable.
 *
 * @param seed where the links lead follows from it
 * @param vertices number of vertices, from 0
 * @param degree links of each vertex; some may lead to the same one
 */
record LinkGraph(long seed, int vertices, int degree) implements Serializable {

    /** Rank of a vertex at the beginning. What all vertices have together only falls, by what is rounded off. */
    static final long UNIT = 1_000_000_000;

    private static final long DAMPING_PERCENT = 85;

    /** No vertex has less, after the first iteration. */
    static final long LEAST = UNIT * (100 - DAMPING_PERCENT) / 100;

    int[] links(int vertex) {
        int[] links = new int[degree];
        for (int link = 0; link < degree; link++) {
            links[link] = (int) Hash64.below(vertices, (long) vertex * degree + link, seed);
        }
        return links;
    }

    /** What a vertex gives over each of its links. */
    long share(long rank) {
        return rank / degree;
    }

    static long rank(long received) {
        return LEAST + received * DAMPING_PERCENT / 100;
    }

    /** What all vertices have together is at least this: each rounds off less than its links and one. */
    long leastTotal(int iterations) {
        return UNIT * vertices - (long) iterations * vertices * (degree + 1);
    }

    /** All ranks after some iterations, in plain Java. */
    long[] ranks(int iterations) {
        long[] ranks = new long[vertices];
        Arrays.fill(ranks, UNIT);
        for (int iteration = 0; iteration < iterations; iteration++) {
            long[] received = new long[vertices];
            for (int vertex = 0; vertex < vertices; vertex++) {
                long share = share(ranks[vertex]);
                for (int link : links(vertex)) {
                    received[link] += share;
                }
            }
            for (int vertex = 0; vertex < vertices; vertex++) {
                ranks[vertex] = rank(received[vertex]);
            }
        }
        return ranks;
    }
}
