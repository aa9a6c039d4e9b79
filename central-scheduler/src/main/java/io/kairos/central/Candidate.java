/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * A node that takes another task, as the placement order sees it. Immutable, because it is a key in a search tree: a node
 * that changes gets a new candidate.
 *
 * @param tasks tasks on the node
 * @param slots N, tasks the node runs at a time
 * @param score the tie-break's score, lowest first; {@link #UNKNOWN} when nothing is known
 * @param lastPlacement the number of the last placement there, 0 when there was none
 * @param node the node
 */
record Candidate<N>(int tasks, int slots, double score, long lastPlacement, N node) {
    /** Not a number, and equal to itself in the order: among themselves unknown scores decide nothing. */
    static final double UNKNOWN = Double.NaN;

    boolean isScored() {
        return !Double.isNaN(score);
    }

    Candidate<N> withScore(double other) {
        return new Candidate<>(tasks, slots, other, lastPlacement, node);
    }
}
