/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Stage;
import io.kairos.workloads.model.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A workload as Eagle's own simulator reads it: fractions of a second are cut off the tasks, and jobs of the same moment come 10 ms one after
 * the other. What its figures are compared with has to be read in the same way.
 */
final class EagleTimes {
    private static final double APART_SECONDS = 0.01;

    /** What is cut to nothing there lasts that long here, where nothing lasts no time. */
    private static final double NEXT_TO_NOTHING_SECONDS = 1e-9;

    private EagleTimes() {}

    /** Whether nothing is left of it. */
    static boolean isNothing(Job job) {
        return job.criticalPathSeconds() < 1;
    }

    /** The same jobs in the same order. */
    static List<Job> of(Workload workload) {
        Map<Double, Double> latest = new HashMap<>();
        List<Job> cut = new ArrayList<>(workload.jobs().size());
        for (Job job : workload.jobs()) {
            double submit = latest.merge(job.submitTime(), job.submitTime(), (last, same) -> last + APART_SECONDS);
            List<Stage> stages = job.stages().stream()
                    .map(stage -> Stage.of(stage.durations().stream()
                            .map(seconds -> Math.max(NEXT_TO_NOTHING_SECONDS, Math.floor(seconds)))
                            .toArray()))
                    .toList();
            cut.add(new Job(job.id(), job.name(), submit, job.jobClass(), stages));
        }
        return cut;
    }
}
