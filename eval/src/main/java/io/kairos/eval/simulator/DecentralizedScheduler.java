/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.List;

/**
 * Several placers of the same nodes that are given jobs in turns. Each knows at once of its own tasks, and of those of the others by the {@link
 * Exchange}.
 */
final class DecentralizedScheduler implements Scheduler {
    private final List<Placer> placers;

    DecentralizedScheduler(List<Placer> placers) {
        this.placers = List.copyOf(placers);
    }

    @Override
    public void submit(SimulatedJob job) {
        placers.get(Math.floorMod(job.job().id(), placers.size())).submit(job);
    }
}
