/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Walks over so many nodes that their heaps are deep, and what may come between two steps of one. */
class PlacementWalkTest {
    private static final int NODES = 100;
    private static final long SEED = 20_181_011;

    @Property(tries = 60)
    void whateverHappenedAWalkMeetsEachCandidateOnceInTheOrderOfThePlainModel(
            @ForAll TieBreak tieBreak, @ForAll long seed) {
        PlacementIndex<Integer> index = new PlacementIndex<>(tieBreak, SEED);
        ReferenceIndex reference = new ReferenceIndex(tieBreak, SEED);
        SplittableRandom random = new SplittableRandom(seed);
        for (int node = 0; node < NODES; node++) {
            join(node, index, reference, random);
        }
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 30; i++) {
                change(index, reference, random);
            }
            List<Integer> order = reference.inOrder();
            assertThat(PlacementIndexTest.inOrder(index)).isEqualTo(order);
            assertStopsAt(random.nextInt(order.size()), order, index);
            assertThrowsAt(random.nextInt(order.size()), order, index);
        }
    }

    private static void assertStopsAt(int place, List<Integer> order, PlacementIndex<Integer> index) {
        List<Integer> asked = new ArrayList<>();
        Predicate<Integer> isThere = node -> {
            asked.add(node);
            return node.equals(order.get(place));
        };
        assertThat(index.best(isThere)).hasValue(order.get(place));
        assertThat(asked).isEqualTo(order.subList(0, place + 1));
    }

    private static void assertThrowsAt(int place, List<Integer> order, PlacementIndex<Integer> index) {
        Predicate<Integer> throwing = node -> {
            if (node.equals(order.get(place))) {
                throw new UnsupportedOperationException("node " + node);
            }
            return false;
        };
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> index.best(throwing))
                .withMessage("node " + order.get(place));
    }

    private static void change(PlacementIndex<Integer> index, ReferenceIndex reference, SplittableRandom random) {
        int node = random.nextInt(NODES);
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 ->
                index.best().ifPresent(best -> {
                    index.place(best);
                    reference.place(best);
                });
            case 4 -> {
                if (index.tasks(node) > 0) {
                    index.finish(node);
                    reference.finish(node);
                }
            }
            case 5, 6 -> {
                // Whole numbers, so that their sum does not depend on its order.
                ServiceReport report = new ServiceReport(
                        random.nextInt(4), random.nextInt(4), random.nextInt(9), 0, random.nextInt(9));
                int now = random.nextInt(100);
                index.report(node, report, now);
                reference.report(node, report, now);
            }
            case 7 -> {
                int before = random.nextInt(20);
                assertThat(index.expireReports(before)).isEqualTo(reference.expireReports(before));
            }
            case 8 -> {
                index.leave(node);
                reference.leave(node);
                join(node, index, reference, random);
            }
            default -> {
                NodeCapacity capacity = capacity(random);
                index.resize(node, capacity);
                reference.resize(node, capacity);
            }
        }
    }

    private static void join(
            int node, PlacementIndex<Integer> index, ReferenceIndex reference, SplittableRandom random) {
        NodeCapacity capacity = capacity(random);
        int tasks = random.nextInt(3);
        index.join(node, capacity, tasks);
        reference.join(node, capacity, tasks);
    }

    private static NodeCapacity capacity(SplittableRandom random) {
        return new NodeCapacity(random.nextInt(1, 4), random.nextInt(4));
    }

    @Test
    void aTestThatAsksForTheBestItselfDoesNotDisturbTheWalk() {
        PlacementIndex<Integer> index = nodesWithAsManyTasksAsTheirNumber();
        assertThat(PlacementIndexTest.inOrder(index)).as("a walk before").hasSize(NODES);
        List<Integer> asked = new ArrayList<>();

        assertThat(index.best(node -> {
                    asked.add(node);
                    assertThat(index.best(other -> other > node)).hasValue(node + 1);
                    return node == 20;
                }))
                .hasValue(20);

        assertThat(asked).hasSize(21).isSorted().startsWith(0, 1);
        assertThat(PlacementIndexTest.inOrder(index)).hasSize(NODES).isSorted();
    }

    @Test
    void aTestThatThrowsLeavesNothingToTheNextWalk() {
        PlacementIndex<Integer> index = nodesWithAsManyTasksAsTheirNumber();
        assertThrowsAt(50, PlacementIndexTest.inOrder(index), index);
        for (int node = 0; node < 40; node++) {
            index.leave(node);
        }

        assertThat(PlacementIndexTest.inOrder(index))
                .hasSize(NODES - 40)
                .isSorted()
                .startsWith(40);
    }

    @Test
    void aTestThatRefusesAndChangesTheIndexIsToldSo() {
        PlacementIndex<Integer> index = nodesWithAsManyTasksAsTheirNumber();

        assertThatExceptionOfType(ConcurrentModificationException.class)
                .isThrownBy(() -> index.best(node -> {
                    index.finish(node + 1);
                    return false;
                }))
                .withMessage("the test of node 0 changed the index");
        assertThat(PlacementIndexTest.inOrder(index)).hasSize(NODES).startsWith(0, 1);
    }

    private static PlacementIndex<Integer> nodesWithAsManyTasksAsTheirNumber() {
        PlacementIndex<Integer> index = new PlacementIndex<>(TieBreak.VARIANCE, SEED);
        for (int node = NODES - 1; node >= 0; node--) {
            index.join(node, new NodeCapacity(NODES, NODES), node);
        }
        return index;
    }
}
