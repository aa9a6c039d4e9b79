/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.PlacementIndex;
import io.kairos.central.Residents;

/** Where whose tasks are, scored by what is learned of the jobs. The scores are only brought up to date when they are looked at. */
final class WorkLeft {
    private final LearnedJobs jobs;
    private final Residents<SimulatedNode, SimulatedJob> residents;
    private int scored;

    WorkLeft(PlacementIndex<SimulatedNode> index, LearnedJobs jobs) {
        this.jobs = jobs;
        this.residents = new Residents<>(index, job -> jobs.of(job).keySeconds());
    }

    void placed(SimulatedNode node, SimulatedJob job) {
        residents.placed(node, job);
    }

    void ended(SimulatedNode node, SimulatedJob job) {
        residents.ended(node, job);
    }

    void leave(SimulatedNode node) {
        residents.left(node);
    }

    /** Scores the nodes by what is told now. Returns whether that is something else than before. */
    boolean refresh() {
        int told = jobs.tell();
        if (told == scored) {
            return false;
        }
        scored = told;
        residents.rescore();
        return true;
    }
}
