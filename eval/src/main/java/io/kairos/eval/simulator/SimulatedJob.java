/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A job on its way through a run: which of its tasks are still to be started and to end. A stage begins when the last one has ended. */
final class SimulatedJob {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Job job;
    private final JobClass jobClass;
    private final long submitNanos;
    private final double estimateSeconds;
    private final boolean wholeSeconds;
    private final String application;
    private @Nullable Consumer<SimulatedJob> onStage;
    private @Nullable Consumer<SimulatedJob> onEnd;
    private Stage stage;
    private int stages = 1;
    private int taken;
    private int unfinished;
    private long endNanos;

    /**
     * @param jobClass what the scheduler and the report take it for
     * @param estimateSeconds what schedulers with estimates think that a task of it takes
     * @param wholeSeconds whether fractions of a second are cut off its tasks
     */
    SimulatedJob(Job job, JobClass jobClass, long submitNanos, double estimateSeconds, boolean wholeSeconds) {
        this.job = job;
        this.jobClass = jobClass;
        this.submitNanos = submitNanos;
        this.estimateSeconds = estimateSeconds;
        this.wholeSeconds = wholeSeconds;
        this.application = String.valueOf(job.id());
        this.stage = job.stages().get(0);
        this.unfinished = stage.taskCount();
    }

    /** @param stageReady told when a later stage may begin */
    void watch(Consumer<SimulatedJob> stageReady, Consumer<SimulatedJob> ended) {
        onStage = stageReady;
        onEnd = ended;
    }

    Job job() {
        return job;
    }

    JobClass jobClass() {
        return jobClass;
    }

    boolean isLong() {
        return jobClass == JobClass.LONG;
    }

    String application() {
        return application;
    }

    long submitNanos() {
        return submitNanos;
    }

    /** When its last task ended; only once it has. */
    long endNanos() {
        return endNanos;
    }

    double estimateSeconds() {
        return estimateSeconds;
    }

    /** Tasks of this stage that nobody took yet. */
    int waiting() {
        return stage.taskCount() - taken;
    }

    /** Takes the next task of this stage, in the order of the trace. Returns how long it runs, nanoseconds. */
    long nextTask() {
        return durationNanos(taken++);
    }

    /** A task of this stage, which may have been taken or not. */
    long durationNanos(int task) {
        double seconds = stage.duration(task);
        return Math.round((wholeSeconds ? Math.floor(seconds) : seconds) * NANOS_PER_SECOND);
    }

    /** One of the tasks that were taken has ended. */
    void taskEnded(long now) {
        endNanos = Math.max(endNanos, now);
        unfinished--;
        if (unfinished > 0) {
            return;
        }
        if (stages < job.stages().size()) {
            stage = job.stages().get(stages++);
            taken = 0;
            unfinished = stage.taskCount();
            tell(onStage);
        } else {
            tell(onEnd);
        }
    }

    private void tell(@Nullable Consumer<SimulatedJob> listener) {
        if (listener != null) {
            listener.accept(this);
        }
    }
}
