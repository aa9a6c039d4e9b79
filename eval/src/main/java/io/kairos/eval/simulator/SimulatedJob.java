/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A job on its way through a run: which of its tasks are still to be started and to end. A stage begins when the last one has ended. */
final class SimulatedJob {
    private final Job job;
    private final long submitNanos;
    private final double estimateSeconds;
    private final double idealSeconds;
    private final String application;
    private @Nullable Consumer<SimulatedJob> onStage;
    private @Nullable Consumer<SimulatedJob> onEnd;
    private Stage stage;
    private int stages = 1;
    private int taken;
    private int unfinished;
    private long endNanos;

    /**
     * @param estimateSeconds what schedulers with estimates think that a task of it takes
     * @param idealSeconds a lower bound of its run time alone
     */
    SimulatedJob(Job job, double estimateSeconds, double idealSeconds) {
        this.job = job;
        this.submitNanos = Nanos.of(job.submitTime());
        this.estimateSeconds = estimateSeconds;
        this.idealSeconds = idealSeconds;
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

    boolean isLong() {
        return job.jobClass() == JobClass.LONG;
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

    double idealSeconds() {
        return idealSeconds;
    }

    /** Tasks of this stage that nobody took yet. */
    int waiting() {
        return stage.taskCount() - taken;
    }

    /** Takes the next task of this stage, in the order of the trace. Returns how long it runs, nanoseconds. */
    long nextTask() {
        return Nanos.of(stage.duration(taken++));
    }

    /** Work of the stages after this one, nanoseconds. */
    long laterNanos() {
        return Nanos.of(job.stages().subList(stages, job.stages().size()).stream()
                .mapToDouble(Stage::serviceSeconds)
                .sum());
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
