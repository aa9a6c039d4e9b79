/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.generator;

/**
 * What all generators take.
 *
 * @param jobs number of jobs
 * @param slots slots of the cluster the workload is meant for; numbers of tasks scale with it
 * @param load offered load: all work divided by (slots x arrival span); fixes the level of task durations, or where those are known
 *     the gaps between jobs
 * @param timeScale factor on all times: 1 gives a mean inter-arrival time of 60 s, where the load does not fix it
 */
public record GeneratorSettings(int jobs, int slots, double load, double timeScale) {

    /** Cores for tasks in the published experiment (30 nodes of 4). */
    public static final int PAPER_SLOTS = 120;

    /** The published experiment: 100 jobs on 120 slots, 60 s apart. The load is ours: none was published. */
    public static final GeneratorSettings PAPER = new GeneratorSettings(100, PAPER_SLOTS, 0.9, 1);

    private static final int MOST_JOBS = 1_000_000;
    private static final int MOST_SLOTS = 1_000_000;
    private static final double HIGHEST_LOAD = 100;

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public GeneratorSettings {
        require("jobs", jobs, jobs >= 1 && jobs <= MOST_JOBS, "1 to " + MOST_JOBS);
        require("slots", slots, slots >= 1 && slots <= MOST_SLOTS, "1 to " + MOST_SLOTS);
        require("load", load, load > 0 && load <= HIGHEST_LOAD, "above 0 and at most " + HIGHEST_LOAD);
        require("time scale", timeScale, timeScale >= 1e-6 && timeScale <= 1e4, "0.000001 to 10000");
    }

    public GeneratorSettings withJobs(int other) {
        return new GeneratorSettings(other, slots, load, timeScale);
    }

    public GeneratorSettings withSlots(int other) {
        return new GeneratorSettings(jobs, other, load, timeScale);
    }

    public GeneratorSettings withLoad(double other) {
        return new GeneratorSettings(jobs, slots, other, timeScale);
    }

    public GeneratorSettings withTimeScale(double other) {
        return new GeneratorSettings(jobs, slots, load, other);
    }

    /** A number of tasks of the published cluster, for this cluster: at least one. */
    int scaledTasks(int tasks) {
        return (int) Math.max(1, Math.round((double) tasks * slots / PAPER_SLOTS));
    }

    private static void require(String what, Object value, boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": " + value + ", expected " + expected);
        }
    }
}
