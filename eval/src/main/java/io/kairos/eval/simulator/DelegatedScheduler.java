/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.List;

/**
 * A broker that hands the tasks of each job to the placers of groups of nodes, to each as many, and knows nothing of the nodes itself. Which
 * ones are given one more goes by the job. Source: Pigeon (SoCC'19).
 */
final class DelegatedScheduler implements Scheduler {
    private final List<Placer> groups;

    DelegatedScheduler(List<Placer> groups) {
        this.groups = List.copyOf(groups);
    }

    @Override
    public void submit(SimulatedJob job) {
        int tasks = job.waiting();
        int each = tasks / groups.size();
        int rest = tasks % groups.size();
        for (int i = 0; i < groups.size(); i++) {
            int share = i < rest ? each + 1 : each;
            if (share > 0) {
                groups.get(Math.floorMod(job.job().id() + i, groups.size())).ask(job, share);
            }
        }
    }
}
