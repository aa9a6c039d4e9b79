/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import java.util.Comparator;

/**
 * The order in which nodes are offered the next task. The paper's sentence: a task goes to the node with the fewest tasks,
 * so that no node idles while another queues; ties go to the node with the lowest variance of attained service. A
 * {@link TieBreak} may put another score in the variance's place. What is still a tie goes to the lowest node id, so that a
 * run can be repeated.
 *
 * <p>It is tasks that are counted, whatever the slots of a node, as published for nodes that are all alike.
 *
 * <p>Source: Kairos (SoCC'18), central scheduler.
 */
final class PlacementOrder {
    private PlacementOrder() {}

    static <N extends Comparable<? super N>> Comparator<Candidate<N>> fewestTasksThenLowestScoreThenNode() {
        return PlacementOrder.<N>fewestTasks()
                .thenComparing(PlacementOrder.<N>lowestScore())
                .thenComparing(PlacementOrder.<N>lowestNode());
    }

    private static <N> Comparator<Candidate<N>> fewestTasks() {
        return Comparator.comparingInt(Candidate::tasks);
    }

    private static <N> Comparator<Candidate<N>> lowestScore() {
        return Comparator.comparingDouble(Candidate::score);
    }

    private static <N extends Comparable<? super N>> Comparator<Candidate<N>> lowestNode() {
        return Comparator.comparing(Candidate::node);
    }
}
