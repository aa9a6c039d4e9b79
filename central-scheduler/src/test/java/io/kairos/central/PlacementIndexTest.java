/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementIndexTest {
    /** The published experiments: 4 tasks run, 4 more wait. */
    private static final NodeCapacity FOUR_AND_FOUR = new NodeCapacity(4, 4);

    private final PlacementIndex<String> index = new PlacementIndex<>(TieBreak.VARIANCE, 1);

    @Test
    void aTaskGoesToTheNodeWithTheFewestTasks() {
        index.join("busy", FOUR_AND_FOUR, 3);
        index.join("quiet", FOUR_AND_FOUR, 1);
        index.join("middling", FOUR_AND_FOUR, 2);

        assertThat(index.best()).hasValue("quiet");
    }

    @Test
    void fewestTasksComesBeforeLowestVariance() {
        index.join("even", FOUR_AND_FOUR, 3);
        index.join("spread", FOUR_AND_FOUR, 2);
        index.report("even", Reports.ofRunning(100, 100, 100), 0);
        index.report("spread", Reports.ofRunning(1, 900), 0);

        assertThat(index.best()).hasValue("spread");
    }

    @Test
    void aNodeOfTwiceTheSlotsGetsTwiceTheTasks() {
        index.join("eight", new NodeCapacity(8, 4), 0);
        index.join("sixteen", new NodeCapacity(16, 4), 0);

        placeBest(12);
        assertThat(index.tasks("eight")).isEqualTo(4);
        assertThat(index.tasks("sixteen")).isEqualTo(8);

        placeBest(12);
        assertThat(index.tasks("eight")).isEqualTo(8);
        assertThat(index.tasks("sixteen")).isEqualTo(16);
    }

    @Test
    void loadsAreComparedExactlyAndWithoutOverflow() {
        int many = 1_000_000_007;
        index.join("a", new NodeCapacity(many, 0), many - 1);
        index.join("b", new NodeCapacity(many - 1, 0), many - 2);

        assertThat(index.best())
                .as("(n - 2) / (n - 1) is less than (n - 1) / n, by one in 10^18")
                .hasValue("b");
    }

    @Test
    void whereEqualLoadsTieTheScoreDecidesWhateverTheSizes() {
        index.join("large", new NodeCapacity(8, 4), 4);
        index.join("small", new NodeCapacity(2, 4), 1);
        index.report("large", Reports.ofRunning(1, 900), 0);
        index.report("small", Reports.ofRunning(5), 0);

        assertThat(index.best()).hasValue("small");
    }

    @Test
    void tiesGoToTheNodeWithTheLowestVarianceOfAttainedService() {
        index.join("a mix of short and long", FOUR_AND_FOUR, 3);
        index.join("only long", FOUR_AND_FOUR, 3);
        index.report("a mix of short and long", Reports.ofRunning(1, 10, 900), 0);
        index.report("only long", Reports.ofRunning(880, 890, 900), 0);

        assertThat(index.best()).hasValue("only long");
    }

    @Test
    void amongNodesThatTieTheOneGivenATaskLongestAgoIsNext() {
        for (String node : List.of("node-a", "node-b", "node-c")) {
            index.join(node, FOUR_AND_FOUR, 0);
            index.place(node);
        }
        index.finish("node-a");
        index.place("node-a");

        assertThat(index.best()).hasValue("node-b");
    }

    @Test
    void whatIsStillATieGoesToTheLowestNodeId() {
        index.join("node-b", FOUR_AND_FOUR, 0);
        index.join("node-a", FOUR_AND_FOUR, 0);

        assertThat(index.best()).hasValue("node-a");
    }

    @Test
    void noNodeIdlesWhileAnotherQueues() {
        index.join("node-a", FOUR_AND_FOUR, 0);
        index.join("node-b", FOUR_AND_FOUR, 0);

        placeBest(8);

        assertThat(index.tasks("node-a")).isEqualTo(4);
        assertThat(index.tasks("node-b")).isEqualTo(4);
    }

    @Test
    void nodesBelowTheirBoundAreCountedByTheirLoad() {
        index.join("node-a", new NodeCapacity(1, 1), 1);
        index.join("node-b", new NodeCapacity(1, 1), 1);
        index.join("node-c", new NodeCapacity(1, 1), 0);
        assertThat(index.candidatesWith(new Load(1, 1))).isEqualTo(2);
        index.place("node-a");
        assertThat(index.candidatesWith(new Load(1, 1))).isEqualTo(1);
        assertThat(index.candidatesWith(new Load(2, 1)))
                .as("full nodes are no candidates")
                .isZero();
        index.leave("node-b");
        index.place("node-c");
        assertThat(index.candidatesWith(new Load(0, 1))).isZero();
        assertThat(index.candidatesWith(new Load(1, 1))).isEqualTo(1);
    }

    @Test
    void equalLoadsCountTogetherWhateverTheSlots() {
        index.join("large", new NodeCapacity(8, 0), 4);
        assertThat(index.slotsDiffer()).isFalse();
        index.join("small", new NodeCapacity(4, 0), 2);
        index.join("fuller", new NodeCapacity(4, 0), 3);
        assertThat(index.slotsDiffer()).isTrue();
        assertThat(index.candidatesWith(index.load("large"))).isEqualTo(2);
        assertThat(index.load("fuller").isMoreThan(index.load("large")))
                .as("3 of 4 are more than 4 of 8")
                .isTrue();
        assertThat(index.load("small").isMoreThan(index.load("large"))).isFalse();
        index.join("huge", new NodeCapacity(Integer.MAX_VALUE, 0), 0);
        assertThat(index.candidatesWith(new Load(2, 1)))
                .as("more than any count")
                .isZero();
        index.leave("huge");

        index.resize("large", new NodeCapacity(4, 4));
        assertThat(index.slotsDiffer()).isFalse();
        assertThat(index.candidatesWith(index.load("small"))).isEqualTo(1);
        index.leave("large");
        index.leave("small");
        index.leave("fuller");
        assertThat(index.slotsDiffer()).isFalse();
    }

    @Test
    void aBurstSpreadsOverEqualNodesWithoutWaitingForReports() {
        List<String> nodes = IntStream.range(0, 30).mapToObj(i -> "node-" + i).toList();
        nodes.forEach(node -> index.join(node, FOUR_AND_FOUR, 0));
        // One node looks best to every tie-break for the whole burst: no report comes to correct it.
        index.report("node-7", Reports.ofRunning(), 0);
        index.report("node-8", Reports.ofRunning(1, 900), 0);

        for (int placed = 0; placed < 30 * FOUR_AND_FOUR.bound(); placed++) {
            placeBest(1);
            List<Integer> counts = nodes.stream().map(index::tasks).toList();
            assertThat(Collections.max(counts) - Collections.min(counts)).isLessThanOrEqualTo(1);
        }
        assertThat(index.best()).isEmpty();
    }

    @Test
    void aNodeTakesNPlusQTasksAndNotOneMore() {
        index.join("node-a", FOUR_AND_FOUR, 0);

        placeBest(8);

        assertThat(index.best()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> index.place("node-a"))
                .withMessage("node node-a takes no task: it has 8 and its bound is 8");
        assertThat(index.tasks("node-a")).isEqualTo(8);
    }

    @Test
    void aFullNodeTakesATaskAgainWhenOneEnds() {
        index.join("node-a", new NodeCapacity(1, 0), 1);
        assertThat(index.best()).isEmpty();

        index.finish("node-a");

        assertThat(index.best()).hasValue("node-a");
    }

    @Test
    void slotsAndBoundAreEachNodesOwnAndNotGlobalConstants() {
        index.join("small", new NodeCapacity(1, 0), 0);
        index.join("deep", new NodeCapacity(1, 5), 0);
        index.join("wide", new NodeCapacity(16, 2), 0);

        placeBest(1 + 6 + 18);

        assertThat(index.best()).isEmpty();
        assertThat(index.tasks("small")).isEqualTo(1);
        assertThat(index.tasks("deep")).isEqualTo(6);
        assertThat(index.tasks("wide")).isEqualTo(18);
        assertThat(index.capacity("wide")).isEqualTo(new NodeCapacity(16, 2));
    }

    @Test
    void aNodeLeftAboveItsBoundIsNoCandidateUntilItIsBelow() {
        index.join("node-a", FOUR_AND_FOUR, 6);

        index.resize("node-a", new NodeCapacity(2, 2));
        assertThat(index.best()).isEmpty();
        assertThat(index.tasks("node-a")).isEqualTo(6);
        assertThatIllegalStateException()
                .isThrownBy(() -> index.place("node-a"))
                .withMessageContaining("it has 6 and its bound is 4");

        index.finish("node-a");
        index.finish("node-a");
        assertThat(index.best()).isEmpty();
        index.finish("node-a");
        assertThat(index.best()).hasValue("node-a");

        index.recount("node-a", 9);
        assertThat(index.best()).isEmpty();
        index.resize("node-a", new NodeCapacity(8, 2));
        assertThat(index.best()).hasValue("node-a");
    }

    @Test
    void aNodeMayJoinAboveItsBound() {
        index.join("node-a", new NodeCapacity(1, 0), 5);

        assertThat(index.best()).isEmpty();
        assertThat(index.score("node-a")).isEmpty();
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void aRecountCorrectsTheOrder() {
        index.join("node-a", FOUR_AND_FOUR, 0);
        index.join("node-b", FOUR_AND_FOUR, 1);

        index.recount("node-a", 2);

        assertThat(index.best()).hasValue("node-b");
    }

    @Test
    void theTestIsAskedInPlacementOrderAndNoFurtherThanNeeded() {
        index.join("third", FOUR_AND_FOUR, 3);
        index.join("full", new NodeCapacity(1, 0), 1);
        index.join("second", FOUR_AND_FOUR, 2);
        index.join("first", FOUR_AND_FOUR, 0);
        List<String> asked = new ArrayList<>();

        assertThat(index.best(node -> {
                    asked.add(node);
                    return node.equals("second");
                }))
                .hasValue("second");

        assertThat(asked).containsExactly("first", "second");
        assertThat(index.best(node -> node.equals("full"))).isEmpty();
    }

    @Test
    void anEmptyIndexHasNoBest() {
        assertThat(index.best()).isEmpty();
        assertThat(index.best(node -> true)).isEmpty();
        assertThat(index.expireReports(Long.MAX_VALUE)).isZero();
    }

    @Test
    void eachMistakeIsOneLineThatNamesTheNode() {
        index.join("node-a", FOUR_AND_FOUR, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.join("node-a", FOUR_AND_FOUR, 0))
                .withMessage("node node-a has joined already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.join("node-b", FOUR_AND_FOUR, -1))
                .withMessage("tasks of node node-b must not be negative, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.recount("node-a", -2))
                .withMessage("tasks of node node-a must not be negative, was -2");
        assertThatIllegalStateException()
                .isThrownBy(() -> index.finish("node-a"))
                .withMessage("node node-a has no task that could finish");
        for (Runnable call : List.<Runnable>of(
                () -> index.leave("ghost"),
                () -> index.place("ghost"),
                () -> index.finish("ghost"),
                () -> index.recount("ghost", 1),
                () -> index.resize("ghost", FOUR_AND_FOUR),
                () -> index.report("ghost", Reports.ofRunning(), 0),
                () -> index.score("ghost"),
                () -> index.tasks("ghost"),
                () -> index.capacity("ghost"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessage("unknown node ghost: it has not joined, or it left");
        }
        assertThat(index.size()).isEqualTo(1);
    }

    /** Fault 4 of the published code: keys changed while they were in the heap. */
    @Test
    void aScoreThatChangesWhileTheNodeStandsInTheOrderMovesTheNodeAndLosesNone() {
        List<String> nodes =
                IntStream.range(0, 20).mapToObj(i -> "node-" + (char) ('a' + i)).toList();
        nodes.forEach(node -> index.join(node, FOUR_AND_FOUR, 2));
        for (int round = 0; round < 10; round++) {
            // Every node's score changes, and the order is turned round each time.
            for (int i = 0; i < nodes.size(); i++) {
                int spread = round % 2 == 0 ? i : nodes.size() - i;
                index.report(nodes.get(i), Reports.ofRunning(0, spread), round);
            }
            List<String> expected = new ArrayList<>(nodes);
            if (round % 2 == 1) {
                Collections.reverse(expected);
            }
            assertThat(inOrder(index)).isEqualTo(expected);
        }
    }

    private void placeBest(int tasks) {
        for (int i = 0; i < tasks; i++) {
            index.place(index.best().orElseThrow());
        }
    }

    static <N extends Comparable<? super N>> List<N> inOrder(PlacementIndex<N> index) {
        List<N> order = new ArrayList<>();
        assertThat(index.best(node -> !order.add(node))).isEmpty();
        return order;
    }
}
