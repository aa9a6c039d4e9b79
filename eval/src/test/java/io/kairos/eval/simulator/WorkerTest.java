/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerTest {
    private final Worker worker = new Worker(0);
    private int jobs;

    private Probe enqueue(JobClass jobClass, int tasks, double seconds) {
        double[] durations = new double[tasks];
        Arrays.fill(durations, seconds);
        Job job = new Job(++jobs, "job", 0, jobClass, List.of(Stage.of(durations)));
        Probe probe =
                new Probe(new ProbedJob(new SimulatedJob(job, jobs - 1, seconds, jobClass == JobClass.LONG, 1)), false);
        worker.enqueue(probe);
        return probe;
    }

    @Test
    void theJobWithLeastRemainingWorkIsServedFirst() {
        enqueue(JobClass.SHORT, 10, 5);
        enqueue(JobClass.SHORT, 2, 5);
        enqueue(JobClass.SHORT, 4, 5);
        assertThat(worker.shortestRemaining(true)).isEqualTo(1);
    }

    @Test
    void nobodyIsBypassedForMoreThanFiveOfItsOwnTasks() {
        enqueue(JobClass.SHORT, 10, 2);
        enqueue(JobClass.SHORT, 1, 6);
        assertThat(worker.shortestRemaining(true)).isEqualTo(1);
        worker.bypassUpTo(1, 6);
        // 4 of the 10 seconds are left to the first one, fewer than the second one's 6.
        assertThat(worker.shortestRemaining(true)).isZero();
    }

    @Test
    void aLongOneThatIsFirstIsServed() {
        enqueue(JobClass.LONG, 1, 500);
        enqueue(JobClass.SHORT, 1, 1);
        assertThat(worker.shortestRemaining(true)).isZero();
        worker.remove(0);
        assertThat(worker.hasLong()).isFalse();
    }

    @Test
    void whereAllAreTreatedAlikeTheShorterOneIsServed() {
        enqueue(JobClass.LONG, 1, 500);
        enqueue(JobClass.SHORT, 1, 1);
        assertThat(worker.shortestRemaining(false)).isEqualTo(1);
    }

    @Test
    void probesOfJobsThatAreKnownToHaveStartedAreThrownAway() {
        Probe started = enqueue(JobClass.SHORT, 1, 5);
        Probe other = enqueue(JobClass.SHORT, 3, 5);
        started.job().hearOfTask();
        assertThat(worker.shortestRemaining(true)).isZero();
        assertThat(worker.get(0)).isSameAs(other);
        other.job().hearOfTask();
        other.job().hearOfTask();
        other.job().hearOfTask();
        assertThat(worker.shortestRemaining(true)).isEqualTo(-1);
        assertThat(worker.isEmpty()).isTrue();
    }

    @Test
    void theFirstShortOnesBehindALongOneAreGivenAway() {
        Probe first = enqueue(JobClass.SHORT, 1, 1);
        enqueue(JobClass.LONG, 1, 100);
        Probe second = enqueue(JobClass.SHORT, 1, 1);
        Probe third = enqueue(JobClass.SHORT, 1, 1);
        enqueue(JobClass.LONG, 1, 100);
        Probe last = enqueue(JobClass.SHORT, 1, 1);
        assertThat(worker.giveShortBehindLong()).containsExactly(second, third);
        worker.take(true);
        // Now the first one waits behind the long task that runs.
        assertThat(worker.giveShortBehindLong()).containsExactly(first);
        assertThat(worker.giveShortBehindLong()).containsExactly(last);
        assertThat(worker.giveShortBehindLong()).isEmpty();
    }
}
