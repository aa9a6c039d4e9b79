/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose score is unknown or expired is neither favoured nor avoided. */
class NeutralScoreTest {
    private static final NodeCapacity CAPACITY = new NodeCapacity(4, 4);

    private final PlacementIndex<String> index = new PlacementIndex<>(TieBreak.VARIANCE, 1);

    @BeforeEach
    void threeNodesOfWhichOneIsSilent() {
        index.join("low", CAPACITY, 2);
        index.join("silent", CAPACITY, 2);
        index.join("high", CAPACITY, 2);
        index.report("low", Reports.ofRunning(0, 2), 10);
        index.report("high", Reports.ofRunning(0, 20), 20);
    }

    @Test
    void anUnknownScoreCountsAsTheMeanOfTheKnownOnes() {
        assertThat(PlacementIndexTest.inOrder(index)).containsExactly("low", "silent", "high");
        assertThat(index.score("silent")).hasValue((1.0 + 100.0) / 2);
        assertThat(index.score("low")).hasValue(1.0);
    }

    @Test
    void theMeanIsTheOneOfTheTimeOfAskingWithoutAWordFromTheSilentNode() {
        index.report("low", Reports.ofRunning(0, 40), 30);

        assertThat(PlacementIndexTest.inOrder(index)).containsExactly("high", "silent", "low");
        assertThat(index.score("silent")).hasValue((400.0 + 100.0) / 2);
    }

    @Test
    void anExpiredScoreCountsAsUnknown() {
        assertThat(index.expireReports(20)).isEqualTo(1);

        assertThat(index.score("low")).hasValue(100.0);
        assertThat(index.score("high")).hasValue(100.0);
        assertThat(PlacementIndexTest.inOrder(index))
                .as("all are equal, so ids decide")
                .containsExactly("high", "low", "silent");
        assertThat(index.expireReports(20)).as("each expires once").isZero();
    }

    @Test
    void aNewReportMakesANodeKnownAgain() {
        index.expireReports(Long.MAX_VALUE);
        index.report("silent", Reports.ofRunning(0, 4), 50);
        index.report("low", Reports.ofRunning(0, 2), 51);

        assertThat(PlacementIndexTest.inOrder(index)).containsExactly("low", "high", "silent");
    }

    @Test
    void theLastReportCountsEvenIfItsTimeIsEarlier() {
        index.report("high", Reports.ofRunning(0, 1), 5);

        assertThat(index.score("high")).hasValue(0.25);
        assertThat(index.expireReports(6)).isEqualTo(1);
        assertThat(index.score("high")).hasValue(1.0);
    }

    @Test
    void aFullNodesReportIsKeptForWhenItTakesTasksAgain() {
        index.recount("low", 8);
        index.report("low", Reports.ofRunning(0, 4), 30);
        assertThat(index.score("low")).isEmpty();
        assertThat(index.score("silent")).as("a full node's score is known too").hasValue((4.0 + 100.0) / 2);

        index.finish("low");

        assertThat(index.score("low")).hasValue(4.0);
    }

    @Test
    void withoutAnyScoreNodeIdsDecide() {
        index.expireReports(Long.MAX_VALUE);

        assertThat(index.score("silent")).hasValue(0.0);
        assertThat(PlacementIndexTest.inOrder(index)).containsExactly("high", "low", "silent");
    }

    /** Fault 2 of the published code: records of tasks that were gone stayed in the metric, which was wrong and leaked. */
    @Test
    void whatANodeReportedDoesNotOutliveTheNode() {
        index.leave("high");
        assertThat(index.score("silent")).hasValue(1.0);

        index.join("high", CAPACITY, 2);
        assertThat(index.score("high")).as("it comes back without a past").hasValue(1.0);
        assertThat(index.expireReports(Long.MAX_VALUE))
                .as("only low has a report")
                .isEqualTo(1);
    }

    /** Fault 2 of the published code, again: a replaced record must go, or the metric drifts. */
    @Test
    void aReplacedReportLeavesNothingInTheMean() {
        for (int i = 0; i < 10_000; i++) {
            index.report("low", Reports.ofRunning(0, i), 30 + i);
        }
        index.report("low", Reports.ofRunning(0, 2), 20_000);

        assertThat(index.score("silent")).hasValue((1.0 + 100.0) / 2);
        assertThat(index.expireReports(Long.MAX_VALUE)).isEqualTo(2);
    }

    @Test
    void theRoundingOfAHugeScoreDoesNotStayInTheMean() {
        index.report("low", new ServiceReport(2, 0, 1e100, 0, 0), 30);
        for (int i = 0; i < 2; i++) {
            index.report("low", Reports.ofRunning(0, 2), 31);
            index.report("high", Reports.ofRunning(0, 20), 32);
        }

        assertThat(index.score("silent")).hasValue((1.0 + 100.0) / 2);
    }
}
