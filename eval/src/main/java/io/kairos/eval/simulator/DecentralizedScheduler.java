/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import java.util.List;

/**
 * Several placers of the same nodes that are given jobs in turns, in the order in which they arrive, and keep them to their ends. Each knows at once of its own tasks, and of those of the others by the {@link
 * Exchange}.
 */
final class DecentralizedScheduler implements Scheduler {
    private final List<Placer> placers;

    DecentralizedScheduler(List<Placer> placers) {
        this.placers = List.copyOf(placers);
    }

    @Override
    public void submit(SimulatedJob job) {
        // Not by the job's number: those of a trace may all be even. A later stage comes here too.
        placers.get(job.turn() % placers.size()).submit(job);
    }
}
