/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.RemainingWork;
import io.kairos.central.Sharing;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnedQueueTest {
    private static final double NOBODY = Double.POSITIVE_INFINITY;

    private final Simulation simulation = new Simulation();
    private final LearnedJobs jobs = new LearnedJobs(simulation, Nanos.of(5), Learning.NONE);
    private int turns;

    private LearnedQueue queue(Learning.Queue first, Sharing sharing) {
        return new LearnedQueue(jobs, first, sharing);
    }

    private SimulatedJob job(int tasks) {
        double[] durations = new double[tasks];
        Arrays.fill(durations, 100);
        int turn = ++turns;
        Job job = new Job(turn, "job", turn, JobClass.SHORT, List.of(Stage.of(durations)));
        return new SimulatedJob(job, turn, 100, false, 100);
    }

    /** Lets time pass, in which so many of the job's tasks run. */
    private void runFor(SimulatedJob job, int tasks, double seconds) {
        long from = simulation.now();
        for (int task = 0; task < tasks; task++) {
            jobs.of(job).runs(from);
        }
        passTime(seconds);
        for (int task = 0; task < tasks; task++) {
            jobs.of(job).stops(from, simulation.now());
        }
    }

    private void passTime(double seconds) {
        simulation.at(simulation.now() + Nanos.of(seconds), new Event() {
            @Override
            void happen() {
                // Only the clock is wanted.
            }
        });
        simulation.run();
    }

    @Test
    void whoHasLeastLeftGoesFirstAsSoonAsThatIsTold() {
        LearnedQueue queue = queue(Learning.Queue.WORK_LEFT, Sharing.ALWAYS);
        SimulatedJob first = job(4);
        SimulatedJob second = job(4);
        queue.add(first, 4);
        queue.add(second, 4);
        assertThat(queue.next(true, NOBODY)).as("of equals, who came first").isEqualTo(first);
        queue.placed(first);

        runFor(first, 1, 3);
        assertThat(queue.next(true, NOBODY)).as("it is not told yet").isEqualTo(first);
        passTime(3);
        assertThat(queue.next(true, NOBODY)).isEqualTo(second);

        // A node asks first, and with that keys change: the queue must not lose a job over it.
        queue.placed(second);
        runFor(second, 1, 50);
        assertThat(jobs.keySeconds(second.application())).isGreaterThan(jobs.keySeconds(first.application()));
        queue.placed(first);
        assertThat(queue.next(true, NOBODY)).isEqualTo(first);
        queue.left(second);
        queue.placed(first);
        queue.placed(first);
        assertThat(queue.next(true, NOBODY)).as("all of the first are placed").isEqualTo(second);
        queue.placed(second);
        queue.placed(second);
        queue.placed(second);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aWideJobIsHeldBackFromSharedSlotsOnly() {
        LearnedQueue queue = queue(Learning.Queue.WORK_LEFT, new Sharing(2, 0));
        SimulatedJob wide = job(5);
        queue.add(wide, 5);
        queue.placed(wide);
        assertThat(queue.next(false, NOBODY)).isEqualTo(wide);
        queue.placed(wide);
        assertThat(queue.next(false, NOBODY)).isNull();
        assertThat(queue.next(true, NOBODY)).isEqualTo(wide);

        SimulatedJob later = job(1);
        queue.add(later, 1);
        assertThat(queue.next(false, NOBODY))
                .as("it is not in the way of others")
                .isEqualTo(later);
        queue.left(wide);
        assertThat(queue.next(false, NOBODY)).as("one of its tasks has ended").isEqualTo(wide);
    }

    @Test
    void nobodyGivesWayForLittle() {
        for (Learning.Queue order : Learning.Queue.values()) {
            LearnedQueue queue = queue(order, new Sharing(100, 4));
            SimulatedJob large = job(10);
            SimulatedJob small = job(1);
            queue.add(large, 10);
            queue.add(small, 1);
            runFor(large, 1, 20);
            runFor(small, 1, 20);
            // 200 s and 20 s are left.
            assertThat(queue.next(false, 801)).isEqualTo(order == Learning.Queue.ARRIVAL ? large : small);
            assertThat(queue.next(false, 800))
                    .as("the large one would not gain")
                    .isEqualTo(small);
            assertThat(queue.next(false, 80)).isNull();
            assertThat(queue.next(true, 0)).as("a free slot is for anybody").isNotNull();
        }
    }

    @Test
    void attainedServiceIsThatOfAllTasksWheneverItIsAsked() {
        SimulatedJob job = job(3);
        LearnedJob learned = jobs.of(job);
        learned.runs(simulation.now());
        passTime(10);
        learned.runs(simulation.now());
        passTime(5);
        assertThat(learned.attainedNanos(simulation.now())).isEqualTo(Nanos.of(20));
        learned.stops(0, simulation.now());
        passTime(7);
        assertThat(learned.attainedNanos(simulation.now())).isEqualTo(Nanos.of(27));
    }

    @Test
    void whoHasEndedMakesWhatIsUsualAndIsForgotten() {
        LearnedJobs learning = new LearnedJobs(simulation, Nanos.of(5), Learning.JOBS);
        SimulatedJob ended = job(1);
        LearnedJob learned = learning.of(ended);
        learned.runs(0);
        passTime(30);
        learned.stops(0, simulation.now());
        ended.taskEnded(simulation.now());
        learning.tell();

        SimulatedJob next = job(4);
        assertThat(learning.of(next).keySeconds()).isEqualTo(RemainingWork.key(120));
        assertThat(learning.keySeconds(ended.application())).isZero();
    }
}
