/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

/** What the parts of one run share. Not thread-safe. */
final class Run {
    private final Simulation simulation;
    private final SimulationSettings settings;
    private final Costs costs;
    private final long seed;
    private final Journal journal;
    private final Tally tally = new Tally();
    private int tasks;

    /**
     * @param seed of what is done at random
     * @param journal where what happens is written
     */
    Run(Simulation simulation, SimulationSettings settings, long seed, Journal journal) {
        this.simulation = simulation;
        this.settings = settings;
        this.costs = settings.costs();
        this.seed = seed;
        this.journal = journal;
    }

    Simulation simulation() {
        return simulation;
    }

    SimulationSettings settings() {
        return settings;
    }

    Costs costs() {
        return costs;
    }

    long seed() {
        return seed;
    }

    Tally tally() {
        return tally;
    }

    Journal journal() {
        return journal;
    }

    /** Nanoseconds from the start of the workload. */
    long now() {
        return simulation.now();
    }

    /** The next task of the job, on its way to that node. */
    SimulatedTask task(SimulatedJob job, SimulatedNode node, TaskOwner owner) {
        return new SimulatedTask(job, node, owner, job.nextTask(), tasks++);
    }
}
