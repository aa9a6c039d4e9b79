/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.demo;

import io.kairos.eval.cluster.SchedulerKind;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.replay.RunStatus;
import io.kairos.workloads.model.Workload;
import java.io.IOException;
import java.util.function.Consumer;

/** One workload under one scheduler, from the start of the cluster to its end. */
public interface SchedulerRun extends AutoCloseable {
    /** Makes runs. */
    interface Factory {
        SchedulerRun create(SchedulerKind scheduler, DemoSettings settings, Workload workload);
    }

    /**
     * Runs to the end of the last job. Called once.
     *
     * @param progress told of the state a few times a second, by one thread at a time
     * @throws IOException it could not be run to its end: why, in one line
     */
    RunRecord execute(Consumer<RunStatus> progress) throws IOException, InterruptedException;

    /** Ends everything the run started, frozen processes included. Idempotent; at any moment, by any thread. */
    @Override
    void close();
}
