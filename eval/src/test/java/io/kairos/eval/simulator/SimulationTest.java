/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private final Simulation simulation = new Simulation();
    private final List<String> happened = new ArrayList<>();

    private final class Named extends Event {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        void happen() {
            happened.add(name + " at " + simulation.now());
        }
    }

    /** When an event is to happen, and which schedule that was. */
    private record Due(long time, long sequence) {}

    @Test
    void eventsHappenInOrderOfTimeAndAtTheSameTimeAsTheyWereScheduled() {
        simulation.at(20, new Named("c"));
        simulation.at(10, new Named("a"));
        simulation.at(20, new Named("d"));
        simulation.at(10, new Named("b"));
        simulation.run();
        assertThat(happened).containsExactly("a at 10", "b at 10", "c at 20", "d at 20");
        assertThat(simulation.events()).isEqualTo(4);
    }

    @Test
    void anEventScheduledAgainHappensOnceAndACancelledOneNever() {
        Event moved = new Named("moved");
        Event cancelled = new Named("cancelled");
        simulation.at(5, moved);
        simulation.at(6, cancelled);
        simulation.at(7, moved);
        simulation.cancel(cancelled);
        simulation.cancel(cancelled);
        simulation.run();
        assertThat(happened).containsExactly("moved at 7");
        assertThat(simulation.events()).isEqualTo(1);
    }

    @Test
    void nothingIsScheduledInThePast() {
        simulation.at(5, new Named("a"));
        simulation.run();
        assertThatThrownBy(() -> simulation.at(4, new Named("b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("which is past: it is 5 ns");
    }

    @RepeatedTest(5)
    void whateverIsScheduledMovedAndCancelledTheOrderIsThatOfASortedList(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        List<Named> events = new ArrayList<>();
        TreeMap<Integer, Due> expected = new TreeMap<>();
        for (int step = 0; step < 6_000; step++) {
            int which = random.nextInt(Math.min(events.size() + 1, 2_500));
            if (which == events.size()) {
                events.add(new Named(String.valueOf(which)));
            }
            if (random.nextInt(4) == 0) {
                simulation.cancel(events.get(which));
                expected.remove(which);
            } else {
                long time = random.nextInt(900);
                simulation.at(time, events.get(which));
                expected.put(which, new Due(time, step));
            }
        }
        simulation.run();
        List<String> sorted = expected.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Integer, Due> entry) ->
                                entry.getValue().time())
                        .thenComparingLong(entry -> entry.getValue().sequence()))
                .map(entry -> entry.getKey() + " at " + entry.getValue().time())
                .toList();
        assertThat(happened).isEqualTo(sorted);
    }

    /** An event that sends or schedules others for a while, each with the same delay as those before it of its kind. */
    private final class Spreading extends Event {
        private final SplittableRandom random;
        private final boolean inLanes;
        private final List<Long> delays;
        private final String name;

        Spreading(SplittableRandom random, boolean inLanes, List<Long> delays, String name) {
            this.random = random;
            this.inLanes = inLanes;
            this.delays = delays;
            this.name = name;
        }

        @Override
        void happen() {
            happened.add(name + " at " + simulation.now());
            for (int child = 0; child < random.nextInt(4) && happened.size() < 3_000; child++) {
                Event next = new Spreading(random, inLanes, delays, name.length() < 9 ? name + child : "x" + child);
                int which = random.nextInt(delays.size() + 1);
                if (which == delays.size()) {
                    simulation.at(simulation.now() + random.nextInt(20), next);
                } else if (inLanes) {
                    simulation.lane(delays.get(which)).send(next);
                } else {
                    simulation.at(simulation.now() + delays.get(which), next);
                }
            }
        }
    }

    @RepeatedTest(5)
    void whatIsSentHappensWhenItWouldHadItBeenScheduled(RepetitionInfo repetition) {
        List<String> scheduled = spread(false, repetition.getCurrentRepetition());
        assertThat(spread(true, repetition.getCurrentRepetition())).isEqualTo(scheduled);
        assertThat(scheduled).hasSizeGreaterThan(1_000);
    }

    private List<String> spread(boolean inLanes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long begin = simulation.now();
        happened.clear();
        for (int root = 0; root < 400; root++) {
            simulation.at(begin + root / 40, new Spreading(random, inLanes, List.of(0L, 5L, 9L), "r" + root));
        }
        simulation.run();
        return happened.stream()
                .map(text -> text.substring(0, text.lastIndexOf(' ')) + " after "
                        + (Long.parseLong(text.substring(text.lastIndexOf(' ') + 1)) - begin))
                .toList();
    }
}
