/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Workloads for tests. */
final class Workloads {
    private Workloads() {}

    /** Heavy-tailed jobs, one in ten of them long, some with two stages; the same for each seed. */
    static Workload heavyTailed(int jobs, double secondsBetween, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Job> made = new ArrayList<>();
        double submit = 0;
        for (int id = 1; id <= jobs; id++) {
            submit += -Math.log(1 - random.nextDouble()) * secondsBetween;
            boolean isLong = random.nextInt(10) == 0;
            List<Stage> stages = new ArrayList<>();
            for (int stage = 0; stage <= random.nextInt(2); stage++) {
                stages.add(stage(random, isLong));
            }
            made.add(new Job(id, "job-" + id, submit, isLong ? JobClass.LONG : JobClass.SHORT, stages));
        }
        return new Workload("heavy", seed, made);
    }

    private static Stage stage(SplittableRandom random, boolean isLong) {
        double[] durations = new double[random.nextInt(1, isLong ? 40 : 10)];
        for (int task = 0; task < durations.length; task++) {
            durations[task] = isLong ? random.nextDouble(200, 900) : random.nextDouble(0.1, 20);
        }
        return Stage.of(durations);
    }
}
