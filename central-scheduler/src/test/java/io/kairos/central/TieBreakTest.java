/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TieBreakTest {
    private static final NodeCapacity CAPACITY = new NodeCapacity(4, 4);

    @ParameterizedTest
    @EnumSource
    void eachIsFoundByItsName(TieBreak tieBreak) {
        assertThat(TieBreak.named(tieBreak.userName())).isEqualTo(tieBreak);
        assertThat(TieBreak.named(" " + tieBreak.name().replace('_', '-') + " "))
                .isEqualTo(tieBreak);
    }

    @Test
    void theStandardDeviationIsTheSameOrderAsTheVariance() {
        assertThat(TieBreak.named("standard-deviation")).isEqualTo(TieBreak.VARIANCE);
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNamesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TieBreak.named("luck"))
                .withMessage("unknown tie-break 'luck': expected one of "
                        + "variance, sum, youngest, oldest, work-left, round-robin, random, standard-deviation");
    }

    /** Each of three nodes is the one that one of the rules is looking for. */
    @ParameterizedTest
    @CsvSource({"VARIANCE,even", "SUM,fresh", "YOUNGEST,fresh", "OLDEST,spread"})
    void scoresComeFromReports(TieBreak tieBreak, String best) {
        PlacementIndex<String> index = new PlacementIndex<>(tieBreak, 1);
        index.join("spread", CAPACITY, 2);
        index.join("even", CAPACITY, 2);
        index.join("fresh", CAPACITY, 2);
        index.report("spread", Reports.ofRunning(20, 900), 0);
        index.report("even", Reports.ofRunning(300, 300), 0);
        index.report("fresh", Reports.ofRunning(1, 50), 0);

        assertThat(index.best()).hasValue(best);
    }

    @Test
    void theSumCountsTheTasksAndNotOnlyTheMean() {
        PlacementIndex<String> index = new PlacementIndex<>(TieBreak.SUM, 1);
        index.join("four that attained 10 s each", CAPACITY, 3);
        index.join("two that attained 15 s each", CAPACITY, 3);
        index.report("four that attained 10 s each", Reports.ofRunning(10, 10, 10, 10), 0);
        index.report("two that attained 15 s each", Reports.ofRunning(15, 15), 0);

        assertThat(index.best()).hasValue("two that attained 15 s each");
    }

    @Test
    void roundRobinTakesTheNodeThatWasPlacedOnLongestAgo() {
        PlacementIndex<String> index = new PlacementIndex<>(TieBreak.ROUND_ROBIN, 1);
        index.join("a", CAPACITY, 0);
        index.join("b", CAPACITY, 0);
        index.join("c", CAPACITY, 0);

        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            chosen.add(placeAndFinish(index));
        }
        assertThat(chosen).containsExactly("a", "b", "c", "a", "b", "c");

        index.join("new", CAPACITY, 0);
        assertThat(index.best()).as("one that was never placed on goes first").hasValue("new");
    }

    @Test
    void randomMakesTheSameChoicesFromTheSameSeedOnly() {
        assertThat(randomChoices(7)).isEqualTo(randomChoices(7)).isNotEqualTo(randomChoices(8));
    }

    /** A score that a node keeps until it wins would make those wait for ever that once drew badly. */
    @Test
    void randomFavoursNeitherNodesThatJustCameNorNodesThatWaited() {
        int draws = 40_000;
        int[] wins = new int[10];
        PlacementIndex<Integer> index = new PlacementIndex<>(TieBreak.RANDOM, 42);
        for (int node = 0; node < wins.length; node++) {
            index.join(node, CAPACITY, 1);
        }
        int repeats = 0;
        int last = -1;
        for (int draw = 0; draw < draws; draw++) {
            int winner = placeAndFinish(index);
            wins[winner]++;
            repeats += winner == last ? 1 : 0;
            last = winner;
        }
        // Five standard deviations of a binomial count with chance 1/10.
        int tolerance = (int) (5 * Math.sqrt(draws * 0.1 * 0.9));
        assertThat(Arrays.stream(wins).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(4_000 - tolerance, 4_000 + tolerance));
        assertThat(repeats)
                .as("the last winner's chance is that of any other")
                .isBetween(4_000 - tolerance, 4_000 + tolerance);
    }

    @ParameterizedTest
    @EnumSource(names = {"WORK_LEFT", "ROUND_ROBIN", "RANDOM"})
    void reportsDoNotMoveWhatDoesNotReadThem(TieBreak tieBreak) {
        PlacementIndex<String> index = new PlacementIndex<>(tieBreak, 3);
        for (String node : List.of("a", "b", "c", "d")) {
            index.join(node, CAPACITY, 1);
        }
        List<String> before = PlacementIndexTest.inOrder(index);

        index.report("c", Reports.ofRunning(5), 1);
        index.report("a", Reports.ofRunning(9), 2);
        assertThat(PlacementIndexTest.inOrder(index)).isEqualTo(before);

        assertThat(index.expireReports(3)).isEqualTo(2);
        assertThat(PlacementIndexTest.inOrder(index)).isEqualTo(before);
    }

    private static List<Integer> randomChoices(long seed) {
        PlacementIndex<Integer> index = new PlacementIndex<>(TieBreak.RANDOM, seed);
        for (int node = 0; node < 50; node++) {
            index.join(node, CAPACITY, 0);
        }
        List<Integer> choices = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int best = index.best().orElseThrow();
            index.place(best);
            choices.add(best);
        }
        return choices;
    }

    private static <N extends Comparable<? super N>> N placeAndFinish(PlacementIndex<N> index) {
        N best = index.best().orElseThrow();
        index.place(best);
        index.finish(best);
        return best;
    }
}
