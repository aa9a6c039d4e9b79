/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** Two schedulers of the same nodes, divided by class: what Hawk (ATC'15) calls hybrid. Each knows its own tasks only. */
final class HybridScheduler implements Scheduler {
    private final Scheduler shortJobs;
    private final Scheduler longJobs;

    HybridScheduler(Scheduler shortJobs, Scheduler longJobs) {
        this.shortJobs = shortJobs;
        this.longJobs = longJobs;
    }

    @Override
    public void submit(SimulatedJob job) {
        (job.isLong() ? longJobs : shortJobs).submit(job);
    }
}
