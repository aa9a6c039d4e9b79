/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.simulator.Policy;
import io.kairos.eval.simulator.SimulationSettings;
import io.kairos.eval.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A queue that there is a formula for.
 *
 * @param figure what is measured, and on what
 * @param discipline what people call it
 * @param policy what the simulator calls it
 * @param time of a job, in seconds
 * @param formula its mean
 * @param effort how many times as many jobs it takes as others
 */
record TheoryCase(
        String figure,
        String discipline,
        String policy,
        Traffic traffic,
        ToDoubleFunction<JobRecord> time,
        double formula,
        int effort) {
    private static final List<Double> LOADS = List.of(0.5, 0.7, 0.9);
    private static final BoundedPareto HEAVY_TAILED = new BoundedPareto(1.1, 1, 10_000);
    private static final int MANY = 4;

    /** With heavy tails a queue under high load takes some ten thousand jobs to forget a pile of long ones. */
    private static final double HIGH_LOAD = 0.8;

    private static final int HEAVY_EFFORT = 4;

    /**
     * For least attained service, whose formula is for a quantum that goes to 0. The smallest job takes one quantum: on the same jobs the mean
     * response is then less than 0.04 % above that with quanta of an eighth, at each of the loads.
     */
    private static final double QUANTUM = 1;

    /** Enough for a simulation to be worth its start, and few enough for many batches. */
    private static final int JOBS_A_BATCH = 1_000;

    private static final int BATCHES_A_RUN = 100;

    /** All of them, those with the same figure one after the other. */
    static List<TheoryCase> all() {
        List<TheoryCase> cases = new ArrayList<>();
        for (double load : LOADS) {
            SingleServer server = new SingleServer(HEAVY_TAILED, load);
            cases.add(onOneServer("processor sharing", "ps", server, server.sharing()));
            cases.add(onOneServer("least attained service", "las", server, server.leastAttained()));
            cases.add(onOneServer("shortest remaining", "srpt", server, server.shortestRemaining()));
            cases.add(onOneServer("first come", "fifo", server, server.firstCome()));
        }
        for (double load : LOADS) {
            cases.add(new TheoryCase(
                    "mean wait, " + MANY + " servers with one queue, exponential",
                    "first come",
                    "fifo",
                    new Traffic(new Exponential(1), MANY, load),
                    job -> job.completionSeconds() - job.serviceSeconds(),
                    new ManyServers(MANY, load).meanWait(),
                    1));
        }
        return cases;
    }

    private static TheoryCase onOneServer(String discipline, String policy, SingleServer server, double formula) {
        return new TheoryCase(
                "mean response, one server, bounded Pareto 1.1 from 1 to 10,000",
                discipline,
                policy,
                server.traffic(),
                JobRecord::completionSeconds,
                formula,
                server.load() > HIGH_LOAD ? HEAVY_EFFORT : 1);
    }

    /** Simulates at least so many jobs for each unit of effort, in batches. */
    List<ControlledMean.Batch> run(int jobs, long seed) {
        Simulator simulator =
                new Simulator(new SimulationSettings(traffic.servers(), 1, 0, QUANTUM, 0, 0, 0, 5, 0, false));
        Policy parsed = Policy.parse(policy);
        BusyPeriods periods = new BusyPeriods(traffic, new SplittableRandom(seed));
        List<ControlledMean.Batch> batches = new ArrayList<>();
        int least = Math.max(1, Math.min(JOBS_A_BATCH, jobs / BATCHES_A_RUN));
        long left = (long) effort * jobs;
        while (left > 0) {
            BusyPeriods.Batch batch = periods.draw(least);
            List<JobRecord> ended =
                    simulator.run(parsed, batch.workload(), seed).record().jobs();
            left -= ended.size();
            batches.add(new ControlledMean.Batch(
                    ended.size(), ended.stream().mapToDouble(time).sum(), batch.deviations()));
        }
        return batches;
    }
}
