/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import org.jspecify.annotations.Nullable;

/**
 * One scheduler's run through the workload.
 *
 * @param jobs that were submitted
 * @param ended jobs all of whose tasks ended, and that are gone from the scheduler
 * @param containers placed, the masters' included
 * @param seconds from the first heartbeat to the end of the last job, or to the time limit
 * @param jobSeconds mean time from the submission of a job to its end; null if none ended
 * @param nodeUpdate heartbeats of nodes, in the scheduler
 * @param allocate masters' calls, in the scheduler
 * @param processor what the scheduler took of a processor
 */
public record SlsRun(
        String scheduler,
        int nodes,
        int jobs,
        int ended,
        long containers,
        double seconds,
        @Nullable Double jobSeconds,
        CallFigures nodeUpdate,
        CallFigures allocate,
        Processor processor) {
    /**
     * Time of a processor by where it was spent, milliseconds.
     *
     * @param events events of nodes and applications, heartbeats included
     * @param allocate masters' calls
     * @param placement threads of its own that place; 0 where there are none
     */
    public record Processor(double events, double allocate, double placement) {
        double total() {
            return events + allocate + placement;
        }
    }

    /** What a container took of a processor in all, microseconds. */
    double processorMicrosPerContainer() {
        return processor.total() * 1e3 / containers;
    }

    /** What of that the threads that place took. */
    double placementMicrosPerContainer() {
        return processor.placement() * 1e3 / containers;
    }

    /** Heartbeats that reached the scheduler, of those that one a node a second makes. */
    double heartbeatShare() {
        return nodeUpdate.calls() / (nodes * seconds);
    }

    boolean allEnded() {
        return ended == jobs;
    }
}
