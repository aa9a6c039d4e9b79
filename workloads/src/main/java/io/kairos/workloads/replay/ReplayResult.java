/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a replay showed. Times are seconds since its start.
 *
 * @param jobs in order of their end
 * @param tasks every attempt at a task, in order of its end
 * @param wallSeconds from the start to the end of the last job
 */
public record ReplayResult(List<JobResult> jobs, List<TaskResult> tasks, double wallSeconds) {

    /**
     * How one job went.
     *
     * @param submitted when its submission began
     * @param finished when its last task was known to have ended
     * @param diagnostics why it failed; empty if it did not
     */
    public record JobResult(int job, double submitted, double finished, boolean failed, String diagnostics) {
        public double completionSeconds() {
            return finished - submitted;
        }
    }

    /**
     * One attempt at a task.
     *
     * @param number of the attempt, from 1
     * @param started when its node had accepted it; NaN if it never did
     */
    public record TaskResult(
            TaskId task,
            int number,
            String container,
            String node,
            double allocated,
            double started,
            double ended,
            TaskEnd end,
            int exitStatus) {}

    public ReplayResult {
        jobs = List.copyOf(jobs);
        tasks = List.copyOf(tasks);
    }

    /** Attempts at tasks that got a container. */
    public int submitted() {
        return tasks.size();
    }

    public int completed() {
        return count(end -> end == TaskEnd.COMPLETED);
    }

    public int failed() {
        return count(end -> end == TaskEnd.FAILED);
    }

    /** Attempts ended from outside: killed, preempted, or lost with their node. */
    public int killed() {
        return count(end -> end == TaskEnd.KILLED || end == TaskEnd.PREEMPTED || end == TaskEnd.LOST);
    }

    public int failedJobs() {
        return (int) jobs.stream().filter(JobResult::failed).count();
    }

    private int count(Predicate<TaskEnd> which) {
        return (int) tasks.stream().filter(task -> which.test(task.end())).count();
    }
}
