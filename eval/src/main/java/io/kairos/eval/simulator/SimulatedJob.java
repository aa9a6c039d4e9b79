/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Stage;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A job on its way through a run: which of its tasks are still to be started and to end. A stage begins when the last one has ended. */
final class SimulatedJob {
    /** First come first; those of one moment by their numbers. */
    static final Comparator<SimulatedJob> BY_SUBMISSION =
            Comparator.comparingLong(SimulatedJob::submitNanos).thenComparingInt(job -> job.job.id());

    private final Job job;
    private final int turn;
    private final long submitNanos;
    private final double estimateSeconds;
    private final boolean takenForLong;
    private final double idealSeconds;
    private final String application;
    /** Work of tasks that were lost and are to be started again; null as long as none was. */
    private @Nullable Deque<Long> givenBack;

    /** Null where nobody learns. */
    private @Nullable LearnedJob learned;

    private @Nullable Consumer<SimulatedJob> onStage;
    private @Nullable Consumer<SimulatedJob> onEnd;
    private Stage stage;
    private int stages = 1;
    private int taken;
    private int started;
    private int unfinished;
    private int finished;
    private long endNanos;

    /**
     * @param turn in the order of arrival, from 0
     * @param estimateSeconds what schedulers with estimates are told that a task of it takes
     * @param takenForLong whether schedulers that know classes take it for a long one
     * @param idealSeconds a lower bound of its run time alone
     */
    SimulatedJob(Job job, int turn, double estimateSeconds, boolean takenForLong, double idealSeconds) {
        this.job = job;
        this.turn = turn;
        this.submitNanos = Nanos.of(job.submitTime());
        this.estimateSeconds = estimateSeconds;
        this.takenForLong = takenForLong;
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

    /** Tells of its tasks' service from now on. */
    void learn(LearnedJob about) {
        learned = about;
    }

    /** Who is told of its tasks' service; null if nobody is. */
    @Nullable LearnedJob learned() {
        return learned;
    }

    Job job() {
        return job;
    }

    /** How many jobs came before it. */
    int turn() {
        return turn;
    }

    /** Whether schedulers that know classes take it for a long one. */
    boolean isLong() {
        return takenForLong;
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
        return stage.taskCount() - taken + (givenBack == null ? 0 : givenBack.size());
    }

    /**
     * Takes the next task of this stage: one that was lost, or the next one of the trace. Returns how long it runs at speed 1,
     * nanoseconds.
     */
    long nextTask() {
        started++;
        if (givenBack != null && !givenBack.isEmpty()) {
            return givenBack.remove();
        }
        return Nanos.of(stage.duration(taken++));
    }

    /** How many tasks of all stages were taken so far, those included that were lost: a number for the next one. */
    int started() {
        return started;
    }

    /** A task that was taken is lost and has to be started again. */
    void giveBack(long workNanos) {
        if (givenBack == null) {
            givenBack = new ArrayDeque<>(4);
        }
        givenBack.add(workNanos);
    }

    /** Work of the stages after this one, nanoseconds. */
    long laterNanos() {
        return Nanos.of(job.stages().subList(stages, job.stages().size()).stream()
                .mapToDouble(Stage::serviceSeconds)
                .sum());
    }

    /** Tasks of this stage that have not ended. */
    int unfinished() {
        return unfinished;
    }

    /** Tasks of all stages that have ended. */
    int finished() {
        return finished;
    }

    boolean isOver() {
        return unfinished == 0;
    }

    /** One of the tasks that were taken has ended. */
    void taskEnded(long now) {
        endNanos = Math.max(endNanos, now);
        unfinished--;
        finished++;
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
