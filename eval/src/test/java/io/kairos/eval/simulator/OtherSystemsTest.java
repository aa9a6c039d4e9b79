/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kairos.eval.metrics.EventKind;
import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The systems that Kairos is compared with, on workloads small enough to do by hand. */
class OtherSystemsTest {
    private static SimulationSettings settings(int nodes, int slots) {
        return new SimulationSettings(nodes, slots, 4, 10, 0, 0, 0, 5, 0, false);
    }

    private static Job job(int id, double submit, JobClass jobClass, double... durations) {
        return new Job(id, "job-" + id, submit, jobClass, List.of(Stage.of(durations)));
    }

    private static Simulator.Outcome run(String policy, SimulationSettings settings, Job... jobs) {
        return new Simulator(settings).run(Policy.parse(policy), new Workload("few", 0, List.of(jobs)), 1);
    }

    private static Map<String, Double> ends(Simulator.Outcome outcome) {
        Map<String, Double> ends = new TreeMap<>();
        for (JobRecord job : outcome.record().jobs()) {
            ends.put(job.job(), job.finishSeconds());
        }
        return ends;
    }

    private static double end(Simulator.Outcome outcome, String job) {
        return ends(outcome).getOrDefault(job, Double.NaN);
    }

    private static double[] alike(int tasks, double seconds) {
        double[] durations = new double[tasks];
        Arrays.fill(durations, seconds);
        return durations;
    }

    @Test
    void inHeartbeatsASlotStaysIdleForHalfAnIntervalInTheMean() {
        // One slot for each of 100 nodes, and 50 rounds of tasks of no round length.
        Simulator.Outcome outcome =
                run("capacity:heartbeat=1", settings(100, 1), job(1, 0, JobClass.LONG, alike(5_000, 3.217)));
        double perRound = end(outcome, "1") / 50;
        assertThat(perRound - 3.217).isCloseTo(0.783, within(0.03));
        Simulator.Outcome uneven = run("capacity:heartbeat=1", settings(100, 1), unevenTasks());
        double busy = uneven.record().jobs().get(0).serviceSeconds() / 100;
        double idlePerTask = (end(uneven, "1") - busy) / 100;
        assertThat(idlePerTask).isCloseTo(0.5, within(0.06));
    }

    /** 10,000 tasks whose ends fall anywhere between two heartbeats. */
    private static Job unevenTasks() {
        double[] durations = new double[10_000];
        for (int task = 0; task < durations.length; task++) {
            durations[task] = 3 + (task * 0.618033988749895) % 1;
        }
        return job(1, 0, JobClass.LONG, durations);
    }

    @Test
    void whatOverrunsItsSliceSharesWhatIsLeft() {
        // Nothing is known of the load before the second task comes: the first slice is a quantum of 10 s.
        Simulator.Outcome outcome = run(
                "sfs",
                settings(1, 1),
                job(1, 0, JobClass.LONG, 30),
                job(2, 12, JobClass.SHORT, 5),
                job(3, 13, JobClass.SHORT, 1));
        // The long one runs 12 s, waits while the short ones run one after the other, then has the node to itself.
        assertThat(ends(outcome)).isEqualTo(Map.of("1", 36.0, "2", 17.0, "3", 18.0));
        assertThat(outcome.counts().preemptions()).isEqualTo(1);
    }

    @Test
    void theSliceFollowsTheLoad() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            jobs.add(job(i + 1, 4 * i, JobClass.SHORT, 1));
        }
        jobs.add(job(21, 80, JobClass.LONG, 100));
        jobs.add(job(22, 84, JobClass.SHORT, 1));
        Simulator.Outcome outcome = run("sfs", settings(1, 1), jobs.toArray(new Job[0]));
        // One task each 4 s: the long one is left aside after 4 s, just when the next one comes.
        assertThat(ends(outcome)).containsEntry("22", 85.0).containsEntry("21", 181.0);
    }

    @Test
    void bigCSuspendsThePartOfALongJobThatShortTasksWaitFor() {
        // 100 slots, all of a long job; short tasks come at 10 s. Marked at 12 s, 10 of the excess give way at 15 s.
        Simulator.Outcome outcome = run(
                "big-c",
                settings(25, 4),
                job(1, 0, JobClass.LONG, alike(100, 1_000)),
                job(2, 10, JobClass.SHORT, alike(11, 1)));
        assertThat(ends(outcome)).containsEntry("2", 17.0);
        // Nine were suspended for 1 s, and one for 2 s.
        assertThat(outcome.counts().preemptions()).isEqualTo(10);
        assertThat(end(outcome, "1")).isEqualTo(1_002.0);
        assertThat(outcome.record().costs().wastedServiceSeconds()).isZero();
    }

    @Test
    void bigCAtOnceTakesAllThatIsWanted() {
        Simulator.Outcome outcome = run(
                "big-c:mode=immediate",
                settings(25, 4),
                job(1, 0, JobClass.LONG, alike(100, 1_000)),
                job(2, 10, JobClass.SHORT, alike(30, 1)));
        assertThat(ends(outcome)).containsEntry("2", 16.0);
        assertThat(outcome.counts().preemptions()).isEqualTo(30);
    }

    @Test
    void killingLosesWorkAndSuspendingDoesNot() {
        Job[] jobs = {job(1, 0, JobClass.LONG, alike(100, 1_000)), job(2, 500, JobClass.SHORT, alike(5, 10))};
        Simulator.Outcome killed = run("big-c:mode=kill", settings(25, 4), jobs);
        assertThat(killed.record().costs().wastedServiceSeconds()).isGreaterThan(900);
        assertThat(killed.record().tasks().killed()).isPositive();
        assertThat(killed.record().tasks().completed()).isEqualTo(105);
        assertThat(end(killed, "1")).isGreaterThan(1_500);
        Simulator.Outcome suspended = run("big-c", settings(25, 4), jobs);
        assertThat(suspended.record().tasks().killed()).isZero();
        assertThat(end(suspended, "1")).isLessThan(1_050);
    }

    @Test
    void aLongJobThatIsTakenForAShortOneIsNotPreempted() {
        Job[] jobs = {job(1, 0, JobClass.LONG, alike(100, 1_000)), job(2, 500, JobClass.SHORT, alike(5, 10))};
        // Its estimate is a twentieth, which is less than that of any long job.
        Simulator.Outcome outcome = run("big-c:estimate=0.05", settings(25, 4), jobs);
        assertThat(outcome.counts().preemptions()).isZero();
        assertThat(end(outcome, "2")).isGreaterThan(1_000);
    }

    @Test
    void overTheWholeClusterAPausedTaskGoesOnWhereverThereIsASlot() {
        // Two slots with a long task each; the short one pauses the later one, which goes on on the slot that is free
        // first.
        Simulator.Outcome outcome = run(
                "las-global",
                settings(2, 1),
                job(1, 0, JobClass.LONG, 100),
                job(2, 1, JobClass.LONG, 20),
                job(3, 8, JobClass.SHORT, 30));
        // The first one has attained most: it is paused at 8 s, when the short one comes, and goes on at 21 s, when the
        // second ends.
        assertThat(ends(outcome)).isEqualTo(Map.of("1", 113.0, "2", 21.0, "3", 38.0));
        assertThat(outcome.counts().pausedSeconds()).isEqualTo(13.0);
    }

    /** One long task, and short ones that keep a worker busy for as long as they come; each asks two workers of two at random. */
    private static Job[] shortOnesAroundALongOne() {
        Job[] jobs = new Job[31];
        jobs[0] = job(1, 0, JobClass.LONG, 1_000);
        for (int i = 1; i < jobs.length; i++) {
            jobs[i] = job(i + 1, 10 * i, JobClass.SHORT, 10.5);
        }
        return jobs;
    }

    @Test
    void underHawkAWorkerWithNothingToDoTakesWhatWaitsBehindALongTask() {
        // The second one takes long tasks, and the first one does not.
        SimulationSettings oneForShort = new SimulationSettings(2, 1, 4, 10, 0, 0, 0, 5, 0.5, false);
        Simulator.Outcome hawk = run("hawk", oneForShort, shortOnesAroundALongOne());
        assertThat(end(hawk, "1")).isEqualTo(1_000.0);
        assertThat(hawk.record().jobs())
                .filteredOn(job -> job.jobClass() == JobClass.SHORT)
                .allSatisfy(job -> assertThat(job.finishSeconds()).isLessThan(1_000));
        assertThat(hawk.counts().shortTasksBehindLong()).isZero();
    }

    @Test
    void underSparrowTheyWaitForIt() {
        // Two of two are drawn with replacement: both probes of some short jobs are with the worker of the long task.
        Simulator.Outcome sparrow = run("sparrow", settings(2, 1), shortOnesAroundALongOne());
        assertThat(sparrow.record().jobs())
                .filteredOn(job -> job.jobClass() == JobClass.SHORT)
                .anySatisfy(job -> assertThat(job.finishSeconds()).isGreaterThan(1_000))
                .anySatisfy(job -> assertThat(job.finishSeconds()).isLessThan(1_000));
        assertThat(sparrow.counts().shortTasksBehindLong()).isPositive();
    }

    @Test
    void underHawkAWorkerAsksOthersOnlyWhenItHasJustBecomeIdle() {
        // The short job that comes last finds its other worker idle for long: if it asks the long task's alone, it
        // waits for it.
        SimulationSettings oneForShort = new SimulationSettings(2, 1, 4, 10, 0, 0, 0, 5, 0.5, false);
        List<Double> ends = new ArrayList<>();
        for (int seed = 1; seed <= 40; seed++) {
            Workload workload =
                    new Workload("few", 0, List.of(job(1, 0, JobClass.LONG, 1_000), job(2, 100, JobClass.SHORT, 1)));
            ends.add(new Simulator(oneForShort)
                    .run(Policy.parse("hawk"), workload, seed).record().jobs().stream()
                            .filter(job -> job.job().equals("2"))
                            .findFirst()
                            .orElseThrow()
                            .finishSeconds());
        }
        assertThat(ends).containsOnly(101.0, 1_001.0);
        // Of two probes each, one quarter of the jobs has both there.
        assertThat(ends.stream().filter(end -> end == 1_001.0).count()).isBetween(4L, 18L);
    }

    @Test
    void eachJobAloneNeedsItsTasksOneAfterTheOtherOnEachSlot() {
        Simulator.Outcome outcome = run(
                "uncontended",
                settings(1, 2),
                job(1, 0, JobClass.LONG, 5, 4, 3),
                job(2, 1, JobClass.SHORT, alike(4, 2)));
        assertThat(ends(outcome)).isEqualTo(Map.of("1", 7.0, "2", 5.0));
    }

    @Test
    void leastWorkSendsTasksWhereTheyWaitLeast() {
        // The short job waits behind the shorter of the two long ones, for that ends first.
        Simulator.Outcome outcome = run(
                "lwl",
                settings(2, 1),
                job(1, 0, JobClass.LONG, 100),
                job(2, 1, JobClass.LONG, 50),
                job(3, 2, JobClass.SHORT, 5));
        assertThat(ends(outcome)).isEqualTo(Map.of("1", 100.0, "2", 51.0, "3", 56.0));
    }

    @Test
    void theJournalTellsOfEachTaskFromItsPlaceToItsEnd() {
        Workload two = new Workload("two", 0, List.of(job(1, 0, JobClass.LONG, 100), job(2, 30, JobClass.SHORT, 5)));
        List<EventRecord> events = new ArrayList<>();
        new Simulator(settings(1, 1)).run(Policy.parse("kairos"), two, 1, events::add);
        assertThat(events)
                .extracting(EventRecord::kind)
                .containsExactly(
                        EventKind.PLACE,
                        EventKind.LAUNCH,
                        EventKind.PLACE,
                        EventKind.PAUSE,
                        EventKind.LAUNCH,
                        EventKind.FINISH,
                        EventKind.RESUME,
                        EventKind.FINISH);
        EventRecord pause = events.get(3);
        assertThat(pause.timeSeconds()).isEqualTo(30);
        assertThat(pause.attainedSeconds()).isEqualTo(30);
        assertThat(pause.reason()).isEqualTo("arrival");
        assertThat(pause.job()).isEqualTo("1");
    }

    @Test
    void everyPolicyTellsOfTheEndOfEachTask() {
        Workload workload = Workloads.heavyTailed(40, 20, 9);
        for (String policy : Policy.names()) {
            List<EventRecord> events = new ArrayList<>();
            Simulator.Outcome outcome =
                    new Simulator(settings(6, 2)).run(Policy.parse(policy), workload, 1, events::add);
            assertThat(events)
                    .as(policy)
                    .isSortedAccordingTo(Comparator.comparingDouble(EventRecord::timeSeconds))
                    .filteredOn(event -> event.kind() == EventKind.FINISH)
                    .hasSize(workload.taskCount());
            assertThat(new Simulator(settings(6, 2))
                            .run(Policy.parse(policy), workload, 1)
                            .record()
                            .jobs())
                    .isEqualTo(outcome.record().jobs());
        }
    }

    @Test
    void estimatesAreDrawnForEachJobAndSeed() {
        Estimates random = Estimates.parse("0.1..10");
        Job first = job(1, 0, JobClass.SHORT, 5);
        Job second = job(2, 0, JobClass.SHORT, 5);
        assertThat(random.factor(first, 1)).isBetween(0.1, 10.0).isEqualTo(random.factor(first, 1));
        assertThat(random.factor(first, 1))
                .isNotEqualTo(random.factor(second, 1))
                .isNotEqualTo(random.factor(first, 2));
        assertThat(Estimates.parse("2").factor(first, 1)).isEqualTo(2);
        assertThat(Estimates.parse("1").areExact()).isTrue();
    }
}
