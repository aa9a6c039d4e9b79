/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import io.kairos.workloads.replay.ReplayResult.JobResult;
import io.kairos.workloads.replay.ReplayResult.TaskResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the result of a replay from its events and passes them on. An exception of the listener behind it is told to
 * it as an error and does not reach the replay. Thread-safe.
 */
final class Recorder implements ReplayListener {

    private record Open(double allocated, double started) {}

    private final ReplayListener listener;
    private final Map<Integer, Double> submitted = new HashMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private final Map<TaskId, Integer> attempts = new HashMap<>();
    private final List<JobResult> jobs = new ArrayList<>();
    private final List<TaskResult> tasks = new ArrayList<>();

    Recorder(ReplayListener listener) {
        this.listener = listener;
    }

    @Override
    public void jobSubmitted(int job, String application, double time) {
        synchronized (this) {
            submitted.put(job, time);
        }
        tell(() -> listener.jobSubmitted(job, application, time));
    }

    @Override
    public void containerAllocated(TaskId task, String container, String node, double time) {
        synchronized (this) {
            open.put(container, new Open(time, Double.NaN));
        }
        tell(() -> listener.containerAllocated(task, container, node, time));
    }

    @Override
    public void taskStarted(TaskId task, String container, String node, double time) {
        synchronized (this) {
            open.computeIfPresent(container, (name, before) -> new Open(before.allocated(), time));
        }
        tell(() -> listener.taskStarted(task, container, node, time));
    }

    @Override
    public void taskEnded(TaskId task, String container, String node, TaskEnd end, int exitStatus, double time) {
        synchronized (this) {
            Open times = open.remove(container);
            if (times == null) {
                times = new Open(Double.NaN, Double.NaN);
            }
            int number = attempts.merge(task, 1, Integer::sum);
            tasks.add(new TaskResult(
                    task, number, container, node, times.allocated(), times.started(), time, end, exitStatus));
        }
        tell(() -> listener.taskEnded(task, container, node, end, exitStatus, time));
    }

    @Override
    public void jobFinished(int job, boolean failed, String diagnostics, double time) {
        synchronized (this) {
            jobs.add(new JobResult(job, submitted.getOrDefault(job, time), time, failed, diagnostics));
        }
        tell(() -> listener.jobFinished(job, failed, diagnostics, time));
    }

    @Override
    public void error(String what, Throwable cause) {
        try {
            listener.error(what, cause);
        } catch (RuntimeException e) {
            // Nobody is left to be told.
            cause.addSuppressed(e);
        }
    }

    synchronized ReplayResult result() {
        double end = jobs.stream().mapToDouble(JobResult::finished).max().orElse(0);
        return new ReplayResult(jobs, tasks, end);
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            error("a listener of the replay failed", e);
        }
    }
}
