/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.central.UsualTask;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The jobs under way and how much work each has left, as told at intervals: in between, all go by what was true at the first moment of
 * the interval at which anybody asked. Of a job that came since, what could be known of it when it came.
 */
final class LearnedJobs {
    private final Simulation simulation;
    private final long intervalNanos;
    private final boolean knowsUsual;
    private final UsualTask usual = new UsualTask();
    private final Map<String, LearnedJob> jobs = new LinkedHashMap<>();
    private long toldIn = -1;
    private int told;

    /**
     * @param intervalNanos from one telling to the next; 0: at each moment, as it was when first asked for
     * @param knowsUsual whether a job of which little is known is taken for a usual one
     */
    LearnedJobs(Simulation simulation, long intervalNanos, boolean knowsUsual) {
        this.simulation = simulation;
        this.knowsUsual = knowsUsual;
        this.intervalNanos = Math.max(1, intervalNanos);
    }

    /** What is learned of the job, from now on. */
    LearnedJob of(SimulatedJob job) {
        return jobs.computeIfAbsent(job.application(), any -> {
            LearnedJob learned = new LearnedJob(job);
            job.learn(learned);
            learned.weigh(simulation.now(), usual());
            return learned;
        });
    }

    /** Work left of the job, seconds; 0 of one that is unknown. */
    double keySeconds(String application) {
        tell();
        LearnedJob job = jobs.get(application);
        return job == null ? 0 : job.keySeconds();
    }

    /** Tells it anew if that is due. Returns how often that was. */
    int tell() {
        long interval = simulation.now() / intervalNanos;
        if (interval != toldIn) {
            toldIn = interval;
            told++;
            jobs.values().removeIf(this::isOver);
            jobs.values().forEach(job -> job.weigh(simulation.now(), usual()));
        }
        return told;
    }

    private double usual() {
        return knowsUsual ? usual.seconds() : 0;
    }

    private boolean isOver(LearnedJob job) {
        if (job.job().isOver()) {
            usual.ended(
                    Nanos.seconds(job.attainedNanos(simulation.now())),
                    job.job().finished());
            return true;
        }
        return false;
    }
}
