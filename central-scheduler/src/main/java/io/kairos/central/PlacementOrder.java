/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/**
 * The order in which nodes are offered the next task. The paper's sentence: a task goes to the node with the fewest tasks,
 * so that no node idles while another queues; ties go to the node with the lowest variance of attained service. A
 * {@link TieBreak} may put another score in the variance's place. What is still a tie, as it is
 * among nodes with one task each, goes to the node that was given a task longest ago: else a few nodes would get all that comes, and
 * short tasks wait there that would not have elsewhere. A node that never was given one goes first; of those the lowest
 * node id, so that a run can be repeated.
 *
 * <p>The paper's nodes are all alike. Where they are not, a node with twice the slots is as busy with twice the tasks: it is
 * tasks for each slot that are compared, as fractions and exactly. That keeps the sentence's purpose, for a node has a free slot
 * as long as it has less than one task for each, and among nodes with equally many slots it is the sentence itself.
 *
 * <p>The links are called one by one, not composed as comparators: the virtual machine inlines these
 * calls, and the index does about half as many operations again in the same time.
 *
 * <p>Stateless, so thread-safe. Source: Kairos (SoCC'18), central scheduler.
 */
final class PlacementOrder<N extends Comparable<? super N>> {
    /**
     * Below 0 where the left node comes first, above 0 where the right one does, 0 for one node.
     *
     * @param neutral score of a node whose own is unknown
     */
    int compare(Node<N> left, Node<N> right, double neutral) {
        int order = fewestTasksForEachSlot(left, right);
        if (order == 0) {
            order = lowestScore(left, right, neutral);
        }
        if (order == 0) {
            order = longestUnused(left, right);
        }
        if (order == 0) {
            order = lowestNode(left, right);
        }
        return order;
    }

    private int fewestTasksForEachSlot(Node<N> left, Node<N> right) {
        return Load.compare(left.tasks, left.slots, right.tasks, right.slots);
    }

    private int lowestScore(Node<N> left, Node<N> right, double neutral) {
        return Double.compare(left.score(neutral), right.score(neutral));
    }

    private int longestUnused(Node<N> left, Node<N> right) {
        return Long.compare(left.lastPlacement, right.lastPlacement);
    }

    private int lowestNode(Node<N> left, Node<N> right) {
        return left.id.compareTo(right.id);
    }
}
