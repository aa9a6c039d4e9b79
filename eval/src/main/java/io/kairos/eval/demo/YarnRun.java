/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.demo;

import io.kairos.eval.cluster.ClusterSettings;
import io.kairos.eval.cluster.LocalCluster;
import io.kairos.eval.cluster.SchedulerKind;
import io.kairos.eval.files.ScratchFolder;
import io.kairos.eval.metrics.RunRecord;
import io.kairos.eval.replay.EmulatedRun;
import io.kairos.eval.replay.RunStatus;
import io.kairos.eval.replay.RunTerms;
import io.kairos.workloads.model.Workload;
import io.kairos.workloads.replay.ReplaySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run on stock YARN in this process: real containers, really paused. */
public final class YarnRun implements SchedulerRun {
    /** A share of a node, not what a task takes. */
    private static final int LEAST_TASK_MEMORY_MB = 4096;

    private static final Duration HEARTBEAT = Duration.ofMillis(50);

    private final SchedulerKind scheduler;
    private final DemoSettings settings;
    private final Workload workload;
    private final Object lock = new Object();
    private @Nullable LocalCluster cluster;
    private @Nullable EmulatedRun run;
    private boolean closed;

    public YarnRun(SchedulerKind scheduler, DemoSettings settings, Workload workload) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.workload = workload;
    }

    @Override
    public RunRecord execute(Consumer<RunStatus> progress) throws IOException, InterruptedException {
        int masters = settings.managedMaster() ? workload.jobs().size() : 0;
        int masterMemoryMb = ReplaySettings.DEFAULTS.masterMemoryMb();
        int taskMemoryMb = LEAST_TASK_MEMORY_MB + masters * masterMemoryMb;
        ClusterSettings clusterSettings = new ClusterSettings(
                settings.nodes(),
                settings.slots(),
                settings.queueBound(),
                taskMemoryMb,
                masters,
                masterMemoryMb,
                HEARTBEAT,
                settings.quantum(),
                settings.patience(),
                settings.pauser(),
                settings.docker());
        Path folder = ScratchFolder.empty(settings.out().resolve("cluster-" + scheduler.label()));
        LocalCluster starting = new LocalCluster(scheduler, clusterSettings, folder);
        EmulatedRun following = new EmulatedRun(workload, terms(), scheduler.pauses() ? starting.decisions() : null);
        // Kept before they start: whoever ends the run meanwhile ends them too.
        keep(starting, following);
        starting.start();
        return following.execute(
                starting.configuration(),
                ReplaySettings.DEFAULTS
                        .withTaskMemoryMb(taskMemoryMb)
                        .withHeartbeat(HEARTBEAT)
                        .withManagedMaster(settings.managedMaster()),
                progress);
    }

    private RunTerms terms() {
        boolean pauses = scheduler.pauses();
        return new RunTerms(
                scheduler.label(),
                settings.seed(),
                settings.nodes(),
                settings.slots(),
                pauses ? settings.queueBound() : null,
                pauses ? settings.quantum().toMillis() / 1000.0 : null,
                pauses ? settings.pauser() : null,
                settings.docker() ? "docker" : "default");
    }

    private void keep(LocalCluster starting, EmulatedRun following) throws InterruptedException {
        synchronized (lock) {
            if (closed) {
                throw new InterruptedException("the run was ended");
            }
            cluster = starting;
            run = following;
        }
    }

    @Override
    public void close() {
        EmulatedRun runToEnd;
        LocalCluster clusterToEnd;
        synchronized (lock) {
            closed = true;
            runToEnd = run;
            clusterToEnd = cluster;
            run = null;
            cluster = null;
        }
        // The applications first: a cluster waits long for those that still run.
        if (runToEnd != null) {
            runToEnd.close();
        }
        if (clusterToEnd != null) {
            clusterToEnd.close();
        }
    }
}
