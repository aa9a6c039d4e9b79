/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kairos.workloads.replay.ReplayResult.JobResult;
import io.kairos.workloads.replay.ReplayResult.TaskResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final TaskId TASK = new TaskId(1, 0, 0);

    @Test
    void attemptsAreNumberedAndCounted() {
        Recorder recorder = new Recorder(ReplayListener.NONE);
        recorder.jobSubmitted(1, "application", 0.5);
        attempt(recorder, "a", 1, TaskEnd.PREEMPTED, ContainerExitStatus.PREEMPTED);
        attempt(recorder, "b", 4, TaskEnd.FAILED, 3);
        attempt(recorder, "c", 7, TaskEnd.COMPLETED, 0);
        recorder.jobFinished(1, false, "", 10);

        ReplayResult result = recorder.result();
        assertThat(result.jobs()).containsExactly(new JobResult(1, 0.5, 10, false, ""));
        assertThat(result.jobs().get(0).completionSeconds()).isEqualTo(9.5);
        assertThat(result.tasks()).extracting(TaskResult::number).containsExactly(1, 2, 3);
        assertThat(result.tasks().get(0))
                .isEqualTo(new TaskResult(
                        TASK, 1, "a", "node", 1, 2, 3, TaskEnd.PREEMPTED, ContainerExitStatus.PREEMPTED));
        assertThat(result.submitted()).isEqualTo(3);
        assertThat(result.completed()).isEqualTo(1);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.killed()).isEqualTo(1);
        assertThat(result.failedJobs()).isZero();
        assertThat(result.wallSeconds()).isEqualTo(10);
    }

    @Test
    void aListenerThatThrowsIsToldAndLosesNothing() {
        List<String> errors = new ArrayList<>();
        Recorder recorder = new Recorder(new ReplayListener() {
            @Override
            public void jobFinished(int job, boolean failed, String diagnostics, double time) {
                throw new IllegalStateException("listener's own fault");
            }

            @Override
            public void error(String what, Throwable cause) {
                errors.add(what + ": " + cause.getMessage());
                throw new IllegalStateException("again");
            }
        });

        recorder.jobFinished(1, true, "reason", 2);

        assertThat(errors).containsExactly("a listener of the replay failed: listener's own fault");
        assertThat(recorder.result().failedJobs()).isEqualTo(1);
    }

    @Test
    void exitStatusesAreReadAsYarnMeansThem() {
        assertThat(TaskEnd.of(0)).isEqualTo(TaskEnd.COMPLETED);
        assertThat(TaskEnd.of(1)).isEqualTo(TaskEnd.FAILED);
        assertThat(TaskEnd.of(137)).isEqualTo(TaskEnd.KILLED);
        assertThat(TaskEnd.of(143)).isEqualTo(TaskEnd.KILLED);
        assertThat(TaskEnd.of(ContainerExitStatus.ABORTED)).isEqualTo(TaskEnd.LOST);
        assertThat(TaskEnd.of(ContainerExitStatus.DISKS_FAILED)).isEqualTo(TaskEnd.LOST);
        assertThat(TaskEnd.of(ContainerExitStatus.PREEMPTED)).isEqualTo(TaskEnd.PREEMPTED);
        assertThat(TaskEnd.of(ContainerExitStatus.KILLED_BY_CONTAINER_SCHEDULER))
                .isEqualTo(TaskEnd.PREEMPTED);
        assertThat(TaskEnd.of(ContainerExitStatus.KILLED_BY_RESOURCEMANAGER)).isEqualTo(TaskEnd.KILLED);
        assertThat(TaskEnd.of(ContainerExitStatus.KILLED_EXCEEDED_PMEM)).isEqualTo(TaskEnd.FAILED);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        ReplaySettings settings = ReplaySettings.DEFAULTS;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withQueue(" "))
                .withMessage("queue:  , expected a queue's name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTaskMemoryMb(0))
                .withMessage("task memory: 0, expected 1 MB or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withHeartbeat(Duration.ofMillis(1)))
                .withMessage("heartbeat: PT0.001S, expected 10 ms to 60 s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withAttemptsPerTask(0))
                .withMessage("attempts a task: 0, expected 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withMasterMemoryMb(1))
                .withMessage("master memory: 1, expected 64 MB or more");
    }

    private static void attempt(Recorder recorder, String container, double time, TaskEnd end, int exitStatus) {
        recorder.containerAllocated(TASK, container, "node", time);
        recorder.taskStarted(TASK, container, "node", time + 1);
        recorder.taskEnded(TASK, container, "node", end, exitStatus, time + 2);
    }
}
