/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.eval.metrics.JobRecord;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {
    private static final double DELAY = 0.0005;

    private static SimulationSettings settings(int nodes, int slots, int queueBound, double delay) {
        return new SimulationSettings(nodes, slots, queueBound, 50, delay, 0, 0, 5, 0.1, false);
    }

    private static Simulator.Outcome run(String policy, Workload workload, SimulationSettings settings) {
        return new Simulator(settings).run(Policy.parse(policy), workload, 1);
    }

    private static Map<String, Double> ends(Simulator.Outcome outcome) {
        Map<String, Double> ends = new TreeMap<>();
        for (JobRecord job : outcome.record().jobs()) {
            ends.put(job.job(), job.finishSeconds());
        }
        return ends;
    }

    private static double mean(Simulator.Outcome outcome, JobClass... classes) {
        return outcome.record().jobs().stream()
                .filter(job -> List.of(classes).contains(job.jobClass()))
                .mapToDouble(JobRecord::completionSeconds)
                .average()
                .orElseThrow();
    }

    private static Workload one(double... durations) {
        return new Workload(
                "one", 0, List.of(new Job(1, "job", 10, JobClass.SHORT, List.of(Stage.of(durations), Stage.of(2)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kairos",
                "fifo",
                "las",
                "ps",
                "sfs",
                "srpt",
                "eagle",
                "hawk",
                "sparrow",
                "lwl",
                "dlwl",
                "capacity",
                "big-c",
                "big-c:mode=immediate",
                "las-global",
                "random",
                "two-choices",
                "uncontended",
                "kairos:tie=oldest:guard=off",
                "kairos:placers=4:sync=5",
                "kairos:placers=3",
                "kairos:groups=3",
                "ps:place=two-choices:long=fewest",
                "eagle:estimate=0.1..10",
                "big-c:estimate=0.5"
            })
    void eachTaskRunsOnceAndTheSameRunGivesTheSame(String policy) {
        Workload workload = Workloads.heavyTailed(300, 30, 1);
        SimulationSettings settings = settings(10, 2, 3, DELAY);
        Simulator.Outcome first = run(policy, workload, settings);
        assertThat(first.record().tasks().completed()).isEqualTo(workload.taskCount());
        assertThat(first.counts().placements()).isEqualTo(workload.taskCount());
        assertThat(first.record().jobs()).hasSize(300);
        assertThat(run(policy, workload, settings)).isEqualTo(first);
        // No job ends before its longest tasks can have.
        for (JobRecord job : first.record().jobs()) {
            Job asked = workload.jobs().get(Integer.parseInt(job.job()) - 1);
            assertThat(job.completionSeconds()).isGreaterThan(asked.criticalPathSeconds() - 1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kairos",
                "fifo",
                "las",
                "ps",
                "sfs",
                "srpt",
                "eagle",
                "hawk",
                "sparrow",
                "lwl",
                "big-c",
                "two-choices"
            })
    void aJobAloneIsDelayedByMessagesOnly(String policy) {
        Simulator.Outcome alone = run(policy, one(4, 7, 3), settings(40, 1, 4, DELAY));
        double messages = policy.equals("srpt") ? 0 : DELAY;
        JobRecord job = alone.record().jobs().get(0);
        assertThat(job.completionSeconds()).isBetween(9 + 2 * messages - 1e-9, 9 + 8 * messages + 1e-9);
    }

    @Test
    void kairosWithoutRoomToWaitIsTheCentralQueue() {
        Workload workload = Workloads.heavyTailed(400, 20, 2);
        SimulationSettings settings = settings(12, 1, 0, DELAY);
        Simulator.Outcome kairos = run("kairos:tie=round-robin", workload, settings);
        assertThat(ends(kairos)).isEqualTo(ends(run("fifo", workload, settings)));
        assertThat(kairos.counts().preemptions()).isZero();
    }

    @Test
    void noShortTaskWaitsBehindALongOneUnderEagleAsManyDoUnderSparrow() {
        Workload workload = Workloads.heavyTailed(500, 20, 3);
        SimulationSettings settings = settings(20, 1, 0, DELAY);
        assertThat(run("eagle", workload, settings).counts().shortTasksBehindLong())
                .isZero();
        assertThat(run("sparrow", workload, settings).counts().shortTasksBehindLong())
                .isPositive();
    }

    @Test
    void shortJobsAreFastUnderKairosAndTheClairvoyantIsFaster() {
        Workload workload = Workloads.heavyTailed(500, 120, 4);
        SimulationSettings settings = settings(10, 2, 4, 0);
        Simulator.Outcome clairvoyant = run("srpt", workload, settings);
        Simulator.Outcome kairos = run("kairos", workload, settings);
        Simulator.Outcome fifo = run("fifo", workload, settings);
        assertThat(mean(clairvoyant, JobClass.values()))
                .isLessThan(mean(kairos, JobClass.values()))
                .isLessThan(mean(fifo, JobClass.values()));
        assertThat(mean(kairos, JobClass.SHORT)).isLessThan(mean(fifo, JobClass.SHORT) / 2);
    }

    /** Nodes, slots, Q, delay, report interval, share kept for short jobs. */
    @ParameterizedTest
    @CsvSource({"1,1,0,0,0,0", "1,1,4,0,5,0.99", "3,1,0,0.0005,0,0", "2,3,1,1,100,0.99", "1,2,0,0,0,0.5"})
    void everyJobEndsOnTheOddestClusters(
            int nodes, int slots, int queueBound, double delay, double interval, double reserved) {
        SimulationSettings odd =
                new SimulationSettings(nodes, slots, queueBound, 0.7, delay, 0, 0.5, interval, reserved, false);
        for (String policy : Policy.names()) {
            assertThat(run(policy, Workloads.heavyTailed(60, 100, 7), odd)
                            .record()
                            .jobs())
                    .as(policy)
                    .hasSize(60);
        }
    }

    @Test
    void aTaskThatEndsAtTheMomentAnotherOneComesIsNotPaused() {
        Workload workload = new Workload(
                "two",
                0,
                List.of(
                        new Job(1, "first", 0, JobClass.SHORT, List.of(Stage.of(10))),
                        new Job(2, "second", 10, JobClass.LONG, List.of(Stage.of(100)))));
        assertThat(ends(run("kairos", workload, settings(1, 1, 4, 0)))).isEqualTo(Map.of("1", 10.0, "2", 110.0));
    }

    @Test
    void theClairvoyantKnowsOfLaterStages() {
        Workload workload = new Workload(
                "two",
                0,
                List.of(
                        new Job(1, "staged", 0, JobClass.SHORT, List.of(Stage.of(1), Stage.of(100))),
                        new Job(2, "plain", 0, JobClass.SHORT, List.of(Stage.of(10)))));
        assertThat(ends(run("srpt", workload, settings(1, 1, 0, 0)))).isEqualTo(Map.of("1", 111.0, "2", 10.0));
    }

    @Test
    void whatWouldNeverEndIsRefused() {
        assertThatThrownBy(() -> new SimulationSettings(1, 1, 4, 1, 0, 0, 5, 5, 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never end");
    }

    @Test
    void aPauseCostsItsTaskWhatTheSettingsSay() {
        // One slot: the short job comes when the long one has run for 10 s, and runs for 5.
        Workload workload = new Workload(
                "two",
                0,
                List.of(
                        new Job(1, "long", 0, JobClass.LONG, List.of(Stage.of(100))),
                        new Job(2, "short", 10, JobClass.SHORT, List.of(Stage.of(5)))));
        SimulationSettings settings = new SimulationSettings(1, 1, 4, 50, 0, 1, 3, 5, 0, false);
        Simulator.Outcome outcome = run("kairos", workload, settings);
        // The start of each costs 1 s, the pause 3 s.
        assertThat(ends(outcome)).isEqualTo(Map.of("1", 110.0, "2", 16.0));
        assertThat(outcome.counts().preemptions()).isEqualTo(1);
        assertThat(outcome.counts().pausedSeconds()).isEqualTo(6.0);
    }

    @Test
    void eaglesSimulatorCutsFractionsAndSetsJobsOfOneMomentApart() {
        Workload workload = new Workload(
                "two",
                0,
                List.of(
                        new Job(1, "a", 1, JobClass.SHORT, List.of(Stage.of(5.9))),
                        new Job(2, "b", 1, JobClass.SHORT, List.of(Stage.of(0.9)))));
        SimulationSettings settings = new SimulationSettings(4, 1, 4, 50, 0, 0, 0, 5, 0, true);
        List<JobRecord> jobs = run("fifo", workload, settings).record().jobs();
        assertThat(jobs).extracting(JobRecord::submitSeconds).containsExactly(1.01, 1.0);
        assertThat(jobs).extracting(JobRecord::finishSeconds).containsExactly(1.010000001, 6.0);
        assertThat(jobs).extracting(JobRecord::uncontendedSeconds).containsExactly(0.9, 5.0);
    }
}
