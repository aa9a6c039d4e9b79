/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.Load;
import io.kairos.central.TieBreak;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementBookTest {
    private static final NodeId NODE = NodeId.newInstance("host", 1);

    private final PlacementBook book = new PlacementBook();

    @Test
    void keepsSoManyAndForgetsTheOldest() {
        for (int i = 0; i <= PlacementBook.MOST; i++) {
            book.add(placement(i, 0, null));
        }
        assertThat(book.of(id(0))).isEmpty();
        assertThat(book.of(id(1))).isPresent();
        assertThat(book.of(id(1).getApplicationAttemptId().getApplicationId())).hasSize(PlacementBook.MOST);
        assertThat(book.newest(2).stream().map(Placement::container))
                .containsExactly(id(PlacementBook.MOST - 1), id(PlacementBook.MOST));
    }

    @Test
    void theBestNodeIsToldWithWhatBrokeTheTie() {
        assertThat(reason(placement(1, 2, equalSlots(2, 2, 3, 1.5)), TieBreak.VARIANCE))
                .isEqualTo(
                        "of the nodes with room it had the fewest tasks, 2 of 5 it may have; of the 3 with as few it was first by"
                                + " variance of attained service over weight, 1.50 s^2");
        assertThat(reason(placement(1, 2, equalSlots(2, 2, 1, 1.5)), TieBreak.VARIANCE))
                .isEqualTo(
                        "of the nodes with room it had the fewest tasks, 2 of 5 it may have, and no other had as few");
        assertThat(reason(placement(1, 2, equalSlots(2, 2, 3, 0)), TieBreak.RANDOM))
                .endsWith("it was first by lot");
    }

    @Test
    void anotherNodeIsToldAsSuchAndHasNoTie() {
        Placement bound = placement(1, 3, equalSlots(3, 1, 4, 1.5));
        assertThat(reason(bound, TieBreak.VARIANCE)).contains("nodes with 1 could not take it");
        assertThat(bound.row(TieBreak.VARIANCE).tied()).isZero();
        assertThat(reason(placement(1, 3, null), TieBreak.VARIANCE))
                .isEqualTo("stock YARN chose the node, by its heartbeat or a placement constraint; it had 3 tasks");
    }

    @Test
    void aNodeWithMoreTasksButFewerASlotHadTheFewest() {
        Placement large = placement(1, 4, new NodeLoads.Standing(new Load(4, 8), new Load(4, 8), true, 1, Double.NaN));
        assertThat(reason(large, TieBreak.VARIANCE))
                .isEqualTo(
                        "of the nodes with room it had the fewest tasks a slot, 4 on 8 slots, of 5 it may have, and no other had as few");
        assertThat(large.row(TieBreak.VARIANCE).tied()).isEqualTo(1);

        Placement tied = placement(1, 4, new NodeLoads.Standing(new Load(4, 8), new Load(2, 4), true, 2, 1.5));
        assertThat(reason(tied, TieBreak.VARIANCE))
                .endsWith(
                        "of the 2 with as few it was first by variance of" + " attained service over weight, 1.50 s^2");

        Placement small = placement(1, 3, new NodeLoads.Standing(new Load(3, 4), new Load(4, 8), true, 1, 1.5));
        assertThat(reason(small, TieBreak.VARIANCE))
                .startsWith(
                        "the node had 3 on 4 slots, of 5 it may have; nodes with fewer a slot, one with 4 on 8 slots,"
                                + " could not take it");
    }

    @Test
    void byWorkLeftItIsToldWhoGivesWayAndWhereASlotIsFreeThatNobodyDoes() {
        Placement shared = placement(1, 4, equalSlots(4, 4, 3, -1_250));
        assertThat(reason(shared, TieBreak.WORK_LEFT))
                .endsWith("first by the work left of the application that gives way, at least 1.25e+03 s");
        Placement free = placement(1, 2, equalSlots(2, 2, 3, Double.NEGATIVE_INFINITY));
        assertThat(reason(free, TieBreak.WORK_LEFT)).endsWith("first by turn, for a slot is free on each");
        assertThat(free.row(TieBreak.WORK_LEFT).score()).isZero();
    }

    @Test
    void aNamedNodeIsToldAsNamedAndHasNoTie() {
        Placement named = new Placement(1, id(1), NODE, true, 1, 5, equalSlots(1, 0, 2, 1.5), Placement.Choice.NAMED);
        assertThat(reason(named, TieBreak.VARIANCE))
                .isEqualTo("the ask names the node, and a slot was free there: it had 1 on 4 slots");
        assertThat(named.row(TieBreak.VARIANCE).tied()).isZero();
    }

    private static NodeLoads.Standing equalSlots(int tasks, int least, int tied, double score) {
        return new NodeLoads.Standing(new Load(tasks, 4), new Load(least, 4), false, tied, score);
    }

    private static String reason(Placement placement, TieBreak tieBreak) {
        return placement.row(tieBreak).reason();
    }

    private static Placement placement(long number, int tasks, NodeLoads.@Nullable Standing standing) {
        return new Placement(number, id(number), NODE, true, tasks, 5, standing, Placement.Choice.BY_LOAD);
    }

    private static ContainerId id(long number) {
        return ContainerId.newContainerId(ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, 1), 1), number);
    }
}
