/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.apache.hadoop.yarn.sls.SLSRunner;
import org.jspecify.annotations.Nullable;

/**
 * Hadoop's simulator over one workload. One a process: the simulator's threads are in a static field. The scheduler's and the
 * simulator's threads tell of the end of jobs, all else is for one other thread.
 */
final class Simulation extends SLSRunner {
    private final List<Double> jobSeconds = new ArrayList<>();
    private final Set<ApplicationId> done = new HashSet<>();
    private int removed;
    private @Nullable SimulatedScheduler scheduler;

    /** @param configuration with a {@link SimulatedScheduler} and {@link SimulatedJob} for its jobs */
    Simulation(Configuration configuration) throws ClassNotFoundException, YarnException {
        super(configuration);
    }

    /**
     * Runs the workload until every job has ended, or the time limit is over.
     *
     * @param workload a synthetic trace
     * @param folder for files of the simulator
     */
    SlsRun run(SchedulerInSimulator kind, Path workload, Path folder, Duration limit)
            throws IOException, InterruptedException, ClassNotFoundException, YarnException {
        setSimulationParams(
                TraceType.SYNTH, new String[] {workload.toString()}, "", folder.toString(), Set.of(), false);
        start();
        long begin = System.nanoTime();
        awaitEnd(getRemainingApps(), limit);
        return run(kind, (System.nanoTime() - begin) / 1e9);
    }

    private synchronized void awaitEnd(int jobs, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (removed < jobs && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
        }
    }

    private synchronized SlsRun run(SchedulerInSimulator kind, double seconds) {
        @Nullable SimulatedScheduler measured = scheduler;
        if (measured == null) {
            throw new IllegalStateException("the simulation has not started");
        }
        MeasuredCalls calls = measured.calls();
        return new SlsRun(
                kind.label(),
                getNmMap().size(),
                getRemainingApps(),
                jobSeconds.size(),
                measured.placed(),
                seconds,
                jobSeconds.isEmpty()
                        ? null
                        : jobSeconds.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElseThrow(),
                calls.heartbeats(),
                calls.allocations(),
                calls.processor(measured.placementNanos()));
    }

    void scheduler(SimulatedScheduler joined) {
        scheduler = joined;
    }

    /** Every task of the job has ended. */
    synchronized void tasksDone(ApplicationId id) {
        done.add(id);
    }

    /**
     * An application is gone from the scheduler. It has ended well if its tasks have: the simulator ends a master's container just
     * before the master says goodbye, and now and then the node's heartbeat is between them, which YARN takes for a failure.
     */
    synchronized void ended(ApplicationId id, @Nullable RMApp application) {
        removed++;
        if (application != null && done.contains(id)) {
            jobSeconds.add((application.getFinishTime() - application.getStartTime()) / 1e3);
        }
        notifyAll();
    }
}
