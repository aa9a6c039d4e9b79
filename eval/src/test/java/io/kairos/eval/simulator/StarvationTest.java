/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.central.Patience;
import io.kairos.eval.metrics.JobRecord;
import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Short jobs that keep coming, as many as the cluster can take or more, do not keep long ones from ending. */
class StarvationTest {
    private static final int NODES = 10;
    private static final int QUEUE_BOUND = 1;
    private static final double QUANTUM = 50;
    private static final double TOLD_EACH = 5;
    private static final SimulationSettings CLUSTER =
            new SimulationSettings(NODES, 1, QUEUE_BOUND, QUANTUM, 0.0005, 0, 0, TOLD_EACH, 0, false);

    private static final double PATIENCE = 900;
    private static final int LONG_JOBS = 3;
    private static final int LONG_TASKS = 4;
    private static final double LONG_SECONDS = 600;
    private static final double SHORT_SECONDS = 20;
    private static final double STREAM_SECONDS = 30_000;

    /** What docs/policies.md says of nodes of one slot: no job takes longer than so many times its tasks do. */
    private static double bound() {
        double owed = PATIENCE / Patience.PARTS;
        double waits = PATIENCE + TOLD_EACH + QUANTUM;
        double othersFirst = LONG_JOBS * (1 + QUEUE_BOUND) * (owed + TOLD_EACH);
        double turns = LONG_SECONDS / owed * (1 + Math.log(LONG_TASKS)) + 1;
        return turns * (waits + othersFirst) / LONG_SECONDS;
    }

    private static Workload adversary(double load, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Job> jobs = new ArrayList<>();
        for (int number = 1; number <= LONG_JOBS; number++) {
            double[] tasks = new double[LONG_TASKS];
            Arrays.fill(tasks, LONG_SECONDS);
            jobs.add(new Job(number, "long", 1_000, JobClass.LONG, List.of(Stage.of(tasks))));
        }
        double gap = SHORT_SECONDS / NODES / load;
        double submit = 0;
        while (submit < STREAM_SECONDS) {
            jobs.add(new Job(jobs.size() + 1, "short", submit, JobClass.SHORT, List.of(Stage.of(SHORT_SECONDS))));
            submit += -Math.log(1 - random.nextDouble()) * gap;
        }
        jobs.sort(Comparator.comparingDouble(Job::submitTime));
        return new Workload("adversary", seed, jobs);
    }

    private static double worstSlowdown(String policy, double load, long seed) {
        return new Simulator(CLUSTER)
                        .run(Policy.parse(policy), adversary(load, seed), 1).record().jobs().stream()
                                .filter(job -> job.jobClass() == JobClass.LONG)
                                .mapToDouble(JobRecord::completionSeconds)
                                .max()
                                .orElseThrow()
                / LONG_SECONDS;
    }

    @ParameterizedTest
    @CsvSource({
        "kairos-job, 0.9",
        "kairos-job, 1.0",
        "kairos-job, 1.1",
        "kairos-job:bound=0, 1.05",
        "kairos-job:hold=1, 1.05",
        "kairos-job:usual=off, 1.05",
        "kairos-job:stale=1, 1.0"
    })
    void noLongJobTakesLongerThanTheBound(String policy, double load) {
        for (int seed = 1; seed <= 2; seed++) {
            assertThat(worstSlowdown(policy, load, seed)).isLessThan(bound());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kairos-job:patience=none",
                // A pause that ends for a moment begins anew.
                "kairos-job:patience=none:max-pause=900"
            })
    void withoutPatienceThereIsNone(String policy) {
        assertThat(worstSlowdown(policy, 1.05, 1)).isGreaterThan(bound());
    }
}
