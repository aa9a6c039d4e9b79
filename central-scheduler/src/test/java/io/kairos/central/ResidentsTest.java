/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ResidentsTest {
    private static final int NODES = 5;
    private static final NodeCapacity CAPACITY = new NodeCapacity(1, 1_000);

    /** Nodes by number, jobs by name, and their keys. */
    private static final class World {
        final Map<String, Double> keys = new HashMap<>();
        final PlacementIndex<Integer> index = new PlacementIndex<>(TieBreak.WORK_LEFT, 1);
        final Residents<Integer, String> residents = new Residents<>(index, job -> keys.getOrDefault(job, 0.0));

        World(int nodes) {
            this(nodes, CAPACITY);
        }

        World(int nodes, NodeCapacity capacity) {
            for (int node = 0; node < nodes; node++) {
                index.join(node, capacity, 0);
            }
        }

        void place(int node, String job) {
            index.place(node);
            residents.placed(node, job);
        }

        void end(int node, String job) {
            index.finish(node);
            residents.ended(node, job);
        }

        int best() {
            return index.best().orElseThrow();
        }
    }

    @Test
    void aTaskGoesWhereWhoGivesWayHasMuchLeft() {
        World world = new World(3);
        world.keys.putAll(Map.of("short", 5.0, "long", 900.0, "longer", 1_000.0));
        world.place(0, "short");
        world.place(1, "long");
        world.place(2, "longer");
        assertThat(world.best()).isEqualTo(2);

        world.place(0, "longer");
        world.place(1, "longer");
        world.place(2, "short");
        assertThat(world.best())
                .as("a long job beside a short one is no better for it")
                .isEqualTo(1);
    }

    @Test
    void whatIsCountedAnewTakesThePlaceOfWhatWasKnown() {
        World world = new World(2);
        world.keys.putAll(Map.of("short", 5.0, "long", 900.0));
        world.place(0, "short");
        world.place(1, "short");
        world.residents.recount(1, List.of("long"));
        assertThat(world.index.score(1)).hasValue(-900);
        world.residents.recount(1, List.of("short", "long"));
        assertThat(world.index.score(1)).hasValue(-5);
        world.end(1, "short");
        assertThat(world.index.score(1)).hasValue(-900);
        world.residents.recount(1, List.of());
        assertThat(world.index.score(1)).hasValue(Double.NEGATIVE_INFINITY);
        assertThatIllegalArgumentException().isThrownBy(() -> world.residents.ended(1, "long"));
    }

    @Test
    void onSeveralSlotsTheOneOfThoseThatRunWhoHasMostLeftGivesWay() {
        World world = new World(2, new NodeCapacity(2, 8));
        world.keys.putAll(Map.of("short", 5.0, "medium", 100.0, "long", 900.0));
        world.place(0, "short");
        world.place(0, "long");
        world.place(1, "medium");
        assertThat(world.index.score(1)).as("a slot is free").hasValue(Double.NEGATIVE_INFINITY);
        world.place(1, "medium");
        assertThat(world.index.score(0)).hasValue(-900);
        assertThat(world.index.score(1)).hasValue(-100);

        world.place(0, "long"); // and waits
        assertThat(world.index.score(0)).hasValue(-900);
        world.place(0, "short"); // and runs
        assertThat(world.index.score(0)).hasValue(-5);
    }

    @Test
    void whatIsLearnedCountsFromWhenItIsTold() {
        World world = new World(2);
        world.keys.putAll(Map.of("a", 10.0, "b", 20.0));
        world.place(0, "a");
        world.place(1, "b");
        assertThat(world.best()).isEqualTo(1);

        world.keys.put("a", 30.0);
        assertThat(world.best()).isEqualTo(1);
        world.residents.rescore();
        assertThat(world.best()).isEqualTo(0);
    }

    @Test
    void aNodeWithoutTasksComesBeforeAllThatHaveSome() {
        World world = new World(2);
        world.keys.put("a", 1e9);
        world.place(0, "a");
        world.place(1, "a");
        world.end(1, "a");
        assertThat(world.best()).isEqualTo(1);
        assertThat(world.index.score(1)).hasValue(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aNodeThatLeavesTakesItsTasksAlong() {
        World world = new World(1);
        world.place(0, "a");
        world.index.leave(0);
        world.residents.left(0);
        world.residents.rescore();
        world.index.join(0, CAPACITY, 0);
        world.place(0, "b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.residents.ended(0, "a"))
                .withMessage("no task of job a is on node 0");
    }

    /** Each step is a node, a job and what happens: a task more, or one fewer if the job has one there, or another key. */
    @Property(tries = 500)
    void scoresAreThoseOfAllTasksLookedThrough(
            @ForAll @IntRange(min = 1, max = 4) int slots,
            @ForAll @Size(max = 60) List<@IntRange(max = 3 * NODES * 4 - 1) Integer> steps) {
        World world = new World(NODES, new NodeCapacity(slots, 1_000));
        Map<Integer, List<String>> there = new HashMap<>();
        for (int step : steps) {
            int node = step % NODES;
            String job = "job-" + step / NODES % 4;
            List<String> jobs = there.computeIfAbsent(node, any -> new ArrayList<>());
            switch (step / NODES / 4) {
                case 0 -> {
                    world.place(node, job);
                    jobs.add(job);
                }
                case 1 -> {
                    if (jobs.remove(job)) {
                        world.end(node, job);
                    }
                }
                default -> {
                    world.keys.merge(job, node + 1.0, Double::sum);
                    world.residents.rescore();
                }
            }
            there.forEach((id, all) -> assertThat(world.index.score(id))
                    .hasValue(-all.stream()
                                    .mapToDouble(one -> world.keys.getOrDefault(one, 0.0))
                                    .sorted()
                                    .skip(slots - 1L)
                                    .findFirst()
                                    .orElse(Double.POSITIVE_INFINITY)
                            + 0.0));
        }
    }
}
