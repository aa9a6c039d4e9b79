/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Random histories, wrong calls among them, against {@link ReferenceIndex}: the same whole order after each step. */
class PlacementIndexPropertyTest {
    private static final int NODES = 8;
    private static final long SEED = 20_181_011;

    @Property(tries = 12_000, edgeCases = EdgeCasesMode.NONE)
    void everyHistoryOrdersTheNodesAsThePlainModelDoes(
            @ForAll TieBreak tieBreak, @ForAll("histories") List<Operation> history) {
        PlacementIndex<Integer> index = new PlacementIndex<>(tieBreak, SEED);
        ReferenceIndex reference = new ReferenceIndex(tieBreak, SEED);
        for (Operation operation : history) {
            assertThat(outcome(operation.onIndex(), index))
                    .as("outcome of %s", operation)
                    .isEqualTo(outcome(operation.onReference(), reference));
            assertSame(index, reference, operation);
        }
    }

    @Property(tries = 500)
    void equalNodesNeverDifferByMoreThanOneTaskInABurst(@ForAll TieBreak tieBreak, @ForAll long seed) {
        PlacementIndex<Integer> index = new PlacementIndex<>(tieBreak, seed);
        for (int node = 0; node < NODES; node++) {
            index.join(node, new NodeCapacity(2, 2), 0);
            index.report(node, Reports.ofRunning(node, seed & 0xFF), node);
        }
        for (int placed = 0; placed < NODES * 4; placed++) {
            index.place(index.best().orElseThrow());
            for (int node = 0; node < NODES; node++) {
                assertThat(index.tasks(node)).isBetween((placed + 1) / NODES, placed / NODES + 1);
            }
        }
        assertThat(index.best()).isEmpty();
    }

    @Property(tries = 500)
    void nodesOfAnySizesFillInProportionToTheirSlots(
            @ForAll TieBreak tieBreak,
            @ForAll @Size(min = 2, max = 8) List<@IntRange(min = 1, max = 64) Integer> slots) {
        PlacementIndex<Integer> index = new PlacementIndex<>(tieBreak, SEED);
        for (int node = 0; node < slots.size(); node++) {
            index.join(node, new NodeCapacity(slots.get(node), slots.get(node)), 0);
        }
        int most = 2 * slots.stream().mapToInt(Integer::intValue).sum();
        for (int placed = 0; placed < most; placed++) {
            index.place(index.best().orElseThrow());
            for (int one = 0; one < slots.size(); one++) {
                for (int other = 0; other < slots.size(); other++) {
                    // Without its last task no node had more for each slot than any other has.
                    assertThat((index.tasks(one) - 1) * slots.get(other))
                            .isLessThanOrEqualTo(index.tasks(other) * slots.get(one));
                }
            }
        }
        assertThat(index.best()).isEmpty();
    }

    private static void assertSame(PlacementIndex<Integer> index, ReferenceIndex reference, Operation last) {
        List<Integer> order = reference.inOrder();
        assertThat(PlacementIndexTest.inOrder(index)).as("order after %s", last).isEqualTo(order);
        assertThat(index.best()).isEqualTo(order.stream().findFirst());
        assertThat(index.best(node -> node % 2 == 1))
                .isEqualTo(order.stream().filter(node -> node % 2 == 1).findFirst());
        assertThat(index.size()).isEqualTo(reference.ids().size());
        for (int id : reference.ids()) {
            assertThat(index.contains(id)).isTrue();
            assertThat(index.tasks(id)).isEqualTo(reference.tasks(id));
            assertThat(index.capacity(id)).isEqualTo(reference.capacity(id));
            assertThat(index.score(id).isPresent()).isEqualTo(order.contains(id));
            assertThat(index.takesTasks(id)).isEqualTo(order.contains(id));
            assertThat(index.candidatesWith(index.load(id)))
                    .as("as many tasks a slot as %s after %s", id, last)
                    .isEqualTo((int) order.stream()
                            .filter(other -> reference.tasks(other)
                                            * reference.capacity(id).slots()
                                    == reference.tasks(id)
                                            * reference.capacity(other).slots())
                            .count());
        }
        assertThat(index.slotsDiffer())
                .isEqualTo(reference.ids().stream()
                                .map(id -> reference.capacity(id).slots())
                                .distinct()
                                .count()
                        > 1);
    }

    /** What the call answered, or the kind of its error. */
    private static <I> Object outcome(Function<I, @Nullable Object> call, I target) {
        try {
            Object answer = call.apply(target);
            return answer == null ? "done" : answer;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return e.getClass();
        }
    }

    /** One call, as the index and as the model take it. */
    record Operation(
            String words,
            Function<PlacementIndex<Integer>, @Nullable Object> onIndex,
            Function<ReferenceIndex, @Nullable Object> onReference) {
        @Override
        public String toString() {
            return words;
        }
    }

    @Provide
    Arbitrary<List<Operation>> histories() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, joins()),
                        Tuple.of(6, placements()),
                        Tuple.of(1, placementsOnAnyNode()),
                        Tuple.of(4, finishes()),
                        Tuple.of(4, reports()),
                        Tuple.of(2, scores()),
                        Tuple.of(1, leaves()),
                        Tuple.of(1, resizes()),
                        Tuple.of(1, recounts()),
                        Tuple.of(1, closures()),
                        Tuple.of(1, openings()),
                        Tuple.of(1, expiries()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(50);
    }

    private static Arbitrary<Operation> joins() {
        return Combinators.combine(ids(), capacities(), counts())
                .as((id, capacity, tasks) -> operation(
                        "join(%s, %s, %s)".formatted(id, capacity, tasks),
                        index -> index.join(id, capacity, tasks),
                        reference -> reference.join(id, capacity, tasks)));
    }

    /** On the node that each side finds best. */
    private static Arbitrary<Operation> placements() {
        return Arbitraries.just(operation(
                "place on best",
                index -> index.best().ifPresent(index::place),
                reference -> reference.inOrder().stream().findFirst().ifPresent(reference::place)));
    }

    private static Arbitrary<Operation> placementsOnAnyNode() {
        return ids().map(id ->
                operation("place(" + id + ")", index -> index.place(id), reference -> reference.place(id)));
    }

    private static Arbitrary<Operation> finishes() {
        return ids().map(id ->
                operation("finish(" + id + ")", index -> index.finish(id), reference -> reference.finish(id)));
    }

    private static Arbitrary<Operation> leaves() {
        return ids().map(id ->
                operation("leave(" + id + ")", index -> index.leave(id), reference -> reference.leave(id)));
    }

    private static Arbitrary<Operation> resizes() {
        return Combinators.combine(ids(), capacities())
                .as((id, capacity) -> operation(
                        "resize(%s, %s)".formatted(id, capacity),
                        index -> index.resize(id, capacity),
                        reference -> reference.resize(id, capacity)));
    }

    private static Arbitrary<Operation> recounts() {
        return Combinators.combine(ids(), counts())
                .as((id, tasks) -> operation(
                        "recount(%s, %s)".formatted(id, tasks),
                        index -> index.recount(id, tasks),
                        reference -> reference.recount(id, tasks)));
    }

    private static Arbitrary<Operation> closures() {
        return ids().map(id ->
                operation("close(" + id + ")", index -> index.close(id), reference -> reference.close(id)));
    }

    private static Arbitrary<Operation> openings() {
        return ids().map(id -> operation("open(" + id + ")", index -> index.open(id), reference -> reference.open(id)));
    }

    private static Arbitrary<Operation> reports() {
        return Combinators.combine(ids(), serviceReports(), times())
                .as((id, report, now) -> operation(
                        "report(%s, %s, %s)".formatted(id, report, now),
                        index -> index.report(id, report, now),
                        reference -> reference.report(id, report, now)));
    }

    private static Arbitrary<Operation> scores() {
        // Six stands for no task at all.
        return Combinators.combine(ids(), counts().map(count -> count == 6 ? Double.NEGATIVE_INFINITY : -count))
                .as((id, score) -> operation(
                        "score(%s, %s)".formatted(id, score),
                        index -> index.score(id, score),
                        reference -> reference.score(id, score)));
    }

    private static Arbitrary<Operation> expiries() {
        return times().map(before -> new Operation(
                "expireReports(" + before + ")",
                index -> index.expireReports(before),
                reference -> reference.expireReports(before)));
    }

    private static Operation operation(
            String words, Consumer<PlacementIndex<Integer>> onIndex, Consumer<ReferenceIndex> onReference) {
        return new Operation(
                words,
                index -> {
                    onIndex.accept(index);
                    return null;
                },
                reference -> {
                    onReference.accept(reference);
                    return null;
                });
    }

    private static Arbitrary<Integer> ids() {
        return Arbitraries.integers().between(0, NODES - 1);
    }

    private static Arbitrary<Integer> counts() {
        return Arbitraries.integers().between(0, 6);
    }

    private static Arbitrary<NodeCapacity> capacities() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 2))
                .as(NodeCapacity::new);
    }

    /** Few values, so that scores tie often; whole numbers, so that their sum does not depend on its order. */
    private static Arbitrary<ServiceReport> serviceReports() {
        Arbitrary<Double> amounts = Arbitraries.integers().between(0, 4).map(Integer::doubleValue);
        return Combinators.combine(counts(), amounts, amounts, amounts, amounts).as(ServiceReport::new);
    }

    /** Not in order of time, and of either sign, as clocks that count from anywhere are. */
    private static Arbitrary<Long> times() {
        return Arbitraries.longs().between(-10, 10);
    }
}
