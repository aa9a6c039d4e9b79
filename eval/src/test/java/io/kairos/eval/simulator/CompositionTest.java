/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Architectures and mechanisms that are the same thing at their limits have to give the same results, exactly. */
class CompositionTest {
    private static final SimulationSettings CLUSTER = new SimulationSettings(12, 2, 3, 50, 0.0005, 0, 0, 5, 0.1, false);
    private static final Workload WORKLOAD = Workloads.heavyTailed(400, 25, 5);

    /** Half a load: under more, tasks that share nodes which fail would not end before the next failure, ever. */
    private static final Workload LIGHT = Workloads.heavyTailed(200, 250, 5);

    private static Simulator.Outcome run(String policy, SimulationSettings settings) {
        return run(policy, settings, WORKLOAD);
    }

    private static Simulator.Outcome run(String policy, SimulationSettings settings, Workload workload) {
        return new Simulator(settings).run(Policy.parse(policy), workload, 1);
    }

    private static Map<String, Double> ends(String policy, SimulationSettings settings) {
        Map<String, Double> ends = new TreeMap<>();
        for (JobRecord job : run(policy, settings).record().jobs()) {
            ends.put(job.job(), job.finishSeconds());
        }
        return ends;
    }

    @ParameterizedTest
    @CsvSource({
        // One placer that others could tell of their tasks, if there were any.
        "kairos:placers=1:sync=7, kairos",
        "fifo:placers=1:sync=7, fifo",
        // One group.
        "kairos:groups=1, kairos",
        "ps:groups=1, ps",
        // Without preemption, least attained service is the order of arrival.
        "las:preempt=off, fifo:bound=none",
        "kairos:preempt=off:tie=round-robin, fifo:bound=3",
        // Without room to wait, there is nobody to preempt.
        "kairos:bound=0:tie=round-robin, fifo",
        "las:bound=0, fifo",
        "fifo:node=las:bound=none, las",
        // What is learned and used for nothing changes nothing.
        "kairos-job:node=las:queue=arrival:hold=none:tie=variance:guard=on, kairos",
        "kairos-job:node=fifo:queue=arrival:tie=round-robin:bound=0, fifo",
        "kairos-job:node=las:queue=arrival:bound=0, fifo:tie=round-robin",
        "kairos:max-pause=none, kairos",
        // What it is anyway.
        "kairos-job:round=on:told=off, kairos-job",
        // Where no slot is shared it does not matter who would give way.
        "kairos-job:node=las:bound=0, kairos-job:bound=0",
        // A random choice of many is the one with fewest tasks of those drawn.
        "random:place=fewest:bound=none, fifo:bound=none"
    })
    void atTheirLimitsPoliciesAreTheSame(String one, String other) {
        assertThat(ends(one, CLUSTER)).isEqualTo(ends(other, CLUSTER));
    }

    @Test
    void aBoundThatNeverBindsCostsNothingAndReportsAreReadUnderIt() {
        assertThat(ends("kairos:bound=none", CLUSTER)).isNotEqualTo(ends("kairos:bound=none:tie=round-robin", CLUSTER));
    }

    @Test
    void placersDrawForThemselves() {
        assertThat(mean("random:placers=4")).isLessThan(1.2 * mean("random"));
    }

    @Test
    void placersThatTellEachOtherAtOnceOrLateDiffer() {
        assertThat(ends("kairos:placers=4:sync=60", CLUSTER)).isNotEqualTo(ends("kairos:placers=4", CLUSTER));
        assertThat(ends("kairos:placers=4:sync=60", CLUSTER)).isNotEqualTo(ends("kairos", CLUSTER));
    }

    @Test
    void placersTakeTurnsWhateverNumbersJobsHave() {
        Workload evenNumbers = new Workload(
                "even",
                0,
                WORKLOAD.jobs().stream()
                        .map(job -> new Job(2 * job.id(), job.name(), job.submitTime(), job.jobClass(), job.stages()))
                        .toList());
        String policy = "kairos:placers=2:sync=60";
        assertThat(finishes(run(policy, CLUSTER, evenNumbers))).isEqualTo(finishes(run(policy, CLUSTER)));
        assertThat(finishes(run("kairos", CLUSTER))).isNotEqualTo(finishes(run(policy, CLUSTER)));
    }

    private static List<Double> finishes(Simulator.Outcome outcome) {
        return outcome.record().jobs().stream().map(JobRecord::finishSeconds).toList();
    }

    @Test
    void aQuantumThatNeverEndsOnOneSlotAndNoArrivalThatPreemptsIsFirstComeFirstServed() {
        SimulationSettings slow = new SimulationSettings(12, 1, 3, 1e6, 0, 0, 0, 5, 0.1, false);
        assertThat(ends("las:preempt=off", slow)).isEqualTo(ends("fifo:bound=none", slow));
        assertThat(ends("las", slow)).isNotEqualTo(ends("fifo:bound=none", slow));
    }

    @Test
    void kairosWithoutRoomToWaitOnOneSlotIsTheCentralQueue() {
        SimulationSettings tight = new SimulationSettings(12, 1, 0, 50, 0.0005, 0, 0, 5, 0, false);
        assertThat(ends("kairos", tight)).isEqualTo(ends("fifo", tight));
    }

    @Test
    void twoChoicesAreBetterThanOneAndAllAreBetterThanTwo() {
        double random = mean("random");
        double two = mean("two-choices");
        double all = mean("fifo:bound=none");
        assertThat(all).isLessThan(two);
        assertThat(two).isLessThan(random);
    }

    @Test
    void aSchedulerOfTheWholeClusterThatKnowsMoreIsFaster() {
        // Moving paused tasks for nothing helps plain least attained service, and knowing lengths helps more.
        assertThat(mean("srpt")).isLessThan(mean("las-global"));
        assertThat(mean("las-global")).isLessThan(mean("las"));
        assertThat(mean("uncontended")).isLessThan(mean("srpt"));
    }

    @Test
    void fasterNodesEndTasksEarlierAndSlowerOnesLater() {
        SimulationSettings fast = CLUSTER.withNodes(List.of(new NodeGroup(12, 2, 2)));
        SimulationSettings slow = CLUSTER.withNodes(List.of(new NodeGroup(12, 2, 0.5)));
        SimulationSettings alike = CLUSTER.withNodes(List.of(new NodeGroup(5, 2, 1), new NodeGroup(7, 2, 1)));
        for (String policy : List.of("kairos", "fifo", "ps", "sfs")) {
            assertThat(mean(policy, fast)).isLessThan(mean(policy, CLUSTER));
            assertThat(mean(policy, slow)).isGreaterThan(mean(policy, CLUSTER));
            assertThat(ends(policy, alike)).isEqualTo(ends(policy, CLUSTER));
        }
    }

    @Test
    void nodesOfDifferentSizesAreFilledByTasksForEachSlot() {
        SimulationSettings mixed = CLUSTER.withNodes(List.of(new NodeGroup(4, 1, 1), new NodeGroup(4, 8, 1)));
        for (String policy : Policy.names()) {
            assertThat(run(policy, mixed).record().tasks().completed())
                    .as(policy)
                    .isEqualTo(WORKLOAD.taskCount());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kairos",
        "kairos-job",
        "fifo",
        "las",
        "ps",
        "sfs",
        "two-choices",
        "kairos:placers=3:sync=5",
        "fifo:placers=3",
        "kairos:groups=4"
    })
    void whatANodeLosesRunsAgain(String policy) {
        SimulationSettings failing = new SimulationSettings(12, 2, 3, 50, 0.5, 1, 0.1, 5, 0.1, false)
                .withFailures(new SimulationSettings.NodeFailures(20_000, 300));
        Simulator.Outcome outcome = run(policy, failing, LIGHT);
        assertThat(outcome.record().tasks().completed()).isEqualTo(LIGHT.taskCount());
        assertThat(outcome.record().tasks().killed()).isPositive();
        assertThat(outcome.counts().placements())
                .isEqualTo(LIGHT.taskCount() + outcome.record().tasks().killed());
        assertThat(outcome.record().costs().wastedServiceSeconds()).isPositive();
        assertThat(run(policy, failing, LIGHT)).isEqualTo(outcome);
    }

    @Test
    void tasksAreOnlyPlacedAtMomentsOfTheInterval() {
        List<EventRecord> events = new ArrayList<>();
        new Simulator(new SimulationSettings(12, 2, 3, 50, 0, 0, 0, 5, 0, false).withPlacementInterval(2.5))
                .run(Policy.parse("kairos"), WORKLOAD, 1, events::add);
        assertThat(events)
                .filteredOn(event -> event.kind() == EventKind.PLACE)
                .hasSize(WORKLOAD.taskCount())
                .allSatisfy(event -> assertThat(event.timeSeconds() / 2.5 % 1).isZero());
    }

    @Test
    void whoKnowsNoFailuresSaysSo() {
        SimulationSettings failing = CLUSTER.withFailures(new SimulationSettings.NodeFailures(1_000, 10));
        assertThatThrownBy(() -> run("eagle", failing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("policy 'eagle' knows no node failures")
                .hasMessageContaining("kairos");
    }

    @Test
    void whatWouldHardlyEverEndIsRefused() {
        SimulationSettings failing = CLUSTER.withFailures(new SimulationSettings.NodeFailures(100, 10));
        assertThatThrownBy(() -> run("fifo", failing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 5 times as much");
    }

    @Test
    void whoLearnsOfJobsIsFasterAndPreemptsLess() {
        assertThat(mean("kairos-job")).isLessThan(mean("kairos"));
        assertThat(preemptions("kairos-job")).isLessThan(preemptions("kairos"));
        // And it hardly matters how old that is.
        assertThat(mean("kairos-job:stale=30")).isLessThan(1.1 * mean("kairos-job:stale=0"));
    }

    @ParameterizedTest
    @CsvSource({
        "kairos-job:node=ps",
        "kairos-job:placers=2",
        "kairos:queue=work-left:groups=2",
        "kairos:tie=work-left:placers=3",
        "ps:bound=3:hold=10"
    })
    void whatCannotBeLearnedIsRefused(String policy) {
        assertThatThrownBy(() -> Policy.parse(policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("with a policy that learns of jobs");
    }

    @ParameterizedTest
    @CsvSource({
        "kairos:margin=8, tie=work-left",
        "kairos-job:tie=oldest:margin=8, tie=work-left",
        "kairos:hold=10:stale=5, queue=work-left",
        "kairos:usual=on, queue=work-left",
        "kairos:patience=900, queue=work-left",
        "kairos:round=off, queue=work-left",
        "kairos-job:node=las:queue=arrival:bound=0:round=on, queue=work-left",
        "kairos:told=on, queue=work-left",
        "kairos-job:told=on:usual=off, told=off",
        "fifo:max-pause=900, node=las",
        "kairos-job:bound=0:hold=5, bound above 0",
        "kairos-job:place=random:hold=5, place=fewest",
        "fifo:tie=work-left, a bound above 0",
        "kairos-job:node=fifo:tie=work-left, a bound above 0",
        "kairos-job:preempt=off:tie=work-left, a bound above 0"
    })
    void whatWouldChangeNothingIsRefused(String policy, String expected) {
        assertThatThrownBy(() -> Policy.parse(policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("changes nothing here")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // Nothing is known of jobs of one task that has not run: they are alike, and served by arrival.
        "kairos-job, 100 70 10",
        "kairos-job:round=off, 100 70 10",
        "kairos-job:told=on:round=off, 10 70 100",
        // Both have at least 64 s and less than 128, so they are equals.
        "kairos-job:told=on, 10 100 70"
    })
    void workLeftIsLearnedOrToldAsItIsAndRoundedOrNot(String policy, String order) {
        List<Job> jobs = new ArrayList<>(List.of(job(1, 0, 20)));
        for (int seconds : new int[] {100, 70, 10}) {
            jobs.add(job(jobs.size() + 1, jobs.size(), seconds));
        }
        SimulationSettings oneSlot = new SimulationSettings(1, 1, 0, 50, 0, 0, 0, 5, 0, false);
        assertThat(run(policy, oneSlot, new Workload("tiny", 0, jobs)).record().jobs().stream()
                        .sorted(Comparator.comparingDouble(JobRecord::finishSeconds))
                        .skip(1)
                        .map(job -> "%.0f".formatted(job.serviceSeconds()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(order);
    }

    private static Job job(int id, double submit, double seconds) {
        return new Job(id, "job", submit, JobClass.SHORT, List.of(Stage.of(seconds)));
    }

    @Test
    void whoIsKilledInsteadOfPausedDoesItsWorkAnew() {
        Simulator.Outcome outcome = run("kairos-job:preempt=kill", CLUSTER);
        long killed = outcome.record().tasks().killed();
        assertThat(killed).isPositive().isEqualTo(outcome.counts().preemptions());
        assertThat(outcome.counts().placements()).isEqualTo(WORKLOAD.taskCount() + killed);
        assertThat(outcome.counts().pausedSeconds()).isZero();
        assertThat(outcome.record().costs().wastedServiceSeconds()).isPositive();
        assertThat(mean("kairos-job:preempt=kill")).isGreaterThan(mean("kairos-job"));
    }

    private static long preemptions(String policy) {
        return Objects.requireNonNull(run(policy, CLUSTER).counts().preemptions());
    }

    private static double mean(String policy) {
        return mean(policy, CLUSTER);
    }

    private static double mean(String policy, SimulationSettings settings) {
        return run(policy, settings).record().jobs().stream()
                .mapToDouble(JobRecord::completionSeconds)
                .average()
                .orElseThrow();
    }
}
