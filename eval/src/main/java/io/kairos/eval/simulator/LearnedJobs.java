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
    private final Learning learning;
    private final UsualTask usual = new UsualTask();
    private final Map<String, LearnedJob> jobs = new LinkedHashMap<>();
    private long toldIn = -1;
    private int told;
    private double usualSeconds;

    /** @param intervalNanos from one telling to the next; 0: at each moment, as it was when first asked for */
    LearnedJobs(Simulation simulation, long intervalNanos, Learning learning) {
        this.simulation = simulation;
        this.intervalNanos = Math.max(1, intervalNanos);
        this.learning = learning;
    }

    /** What is learned of the job, from now on. */
    LearnedJob of(SimulatedJob job) {
        return jobs.computeIfAbsent(job.application(), any -> {
            LearnedJob learned = new LearnedJob(job, learning.patience(Nanos.seconds(simulation.now())));
            job.learn(learned);
            weigh(learned);
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
            usualSeconds = learning.knowsUsual() ? usualSeconds() : 0;
            jobs.values().forEach(this::weigh);
        }
        return told;
    }

    private void weigh(LearnedJob job) {
        job.weigh(simulation.now(), usualSeconds, learning);
    }

    private double usualSeconds() {
        double attained = 0;
        long finished = 0;
        if (usual.seconds() == 0) {
            for (LearnedJob job : jobs.values()) {
                attained += Nanos.seconds(job.attainedNanos(simulation.now()));
                finished += job.job().finished();
            }
        }
        return usual.secondsOr(attained, finished);
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
