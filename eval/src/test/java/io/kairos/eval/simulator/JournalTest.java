/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final SimulatedJob JOB =
            new SimulatedJob(new Job(1, "job", 0, JobClass.SHORT, List.of(Stage.of(1))), 0, 1, false, 1);

    /** What somebody wrote: a task's name and the time that it is about. */
    private record Heard(long nanos, String task) {}

    private final List<Heard> heard = new ArrayList<>();
    private final List<EventRecord> told = new ArrayList<>();
    private final Simulation simulation = new Simulation();
    private final Journal journal = new Journal(simulation, 9, told::add);

    /** At few moments, so that many things happen at the same one. */
    private void hearAtRandom(SplittableRandom random, int left) {
        if (left == 0) {
            return;
        }
        simulation.at(simulation.now() + random.nextInt(3), new Event() {
            @Override
            void happen() {
                long now = simulation.now();
                if (random.nextBoolean()) {
                    heard.add(new Heard(now, "1-" + left));
                    journal.happened(EventKind.FINISH, 3, JOB, left);
                } else {
                    long later = now + random.nextInt(6);
                    heard.add(new Heard(later, "1-" + left));
                    journal.launchesAt(later, 4, JOB, left);
                }
                hearAtRandom(random, left - 1);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void tellsInOrderOfTimeAndOfOneMomentAsItWasHeard(long seed) {
        hearAtRandom(new SplittableRandom(seed), 500);
        simulation.run();
        journal.end();

        List<Heard> sorted = new ArrayList<>(heard);
        sorted.sort(Comparator.comparingLong(Heard::nanos));
        assertThat(sorted).hasSize(500).isNotEqualTo(heard);
        assertThat(told)
                .extracting(EventRecord::task)
                .isEqualTo(sorted.stream().map(Heard::task).toList());
        assertThat(told)
                .extracting(EventRecord::timeSeconds)
                .isEqualTo(sorted.stream().map(one -> one.nanos() / 1e9).toList());
    }

    @Test
    void whatTheReaderThrowsEndsTheRun() {
        Simulator simulator = new Simulator(new SimulationSettings(4, 2, 4, 10, 0, 0, 0, 5, 0, false));
        List<EventRecord> first = new ArrayList<>();
        assertThatThrownBy(() -> simulator.run(Policy.parse("fifo"), Workloads.heavyTailed(40, 20, 9), 1, event -> {
                    if (first.size() == 10) {
                        throw new IllegalStateException("full");
                    }
                    first.add(event);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("full");
        assertThat(first).hasSize(10);
    }
}
