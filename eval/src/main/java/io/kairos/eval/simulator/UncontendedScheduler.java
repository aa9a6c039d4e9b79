/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.eval.metrics.EventKind;
import java.util.HashMap;
import java.util.Map;

/**
 * Each job as if it had the cluster to itself: its tasks in the order of the trace, as many at a time as there are slots. A bound that no
 * scheduler beats by much: only by a better order of one job's own tasks.
 */
final class UncontendedScheduler implements Scheduler {
    private final Run run;
    private final Map<SimulatedJob, Integer> free = new HashMap<>();

    UncontendedScheduler(Run run) {
        this.run = run;
    }

    @Override
    public void submit(SimulatedJob job) {
        free.putIfAbsent(job, run.settings().slots());
        start(job);
    }

    private void start(SimulatedJob job) {
        int slots = free.getOrDefault(job, 0);
        while (slots > 0 && job.waiting() > 0) {
            slots--;
            int task = job.started();
            run.tally().placed();
            run.journal().happened(EventKind.LAUNCH, null, job, task);
            run.simulation().at(run.now() + job.nextTask(), new Event() {
                @Override
                boolean comesFirst() {
                    return true;
                }

                @Override
                void happen() {
                    run.journal().happened(EventKind.FINISH, null, job, task);
                    free.merge(job, 1, Integer::sum);
                    job.taskEnded(run.now());
                    start(job);
                }
            });
        }
        if (slots == run.settings().slots()) {
            // Over, or at a barrier, after which it is submitted again.
            free.remove(job);
        } else {
            free.put(job, slots);
        }
    }
}
