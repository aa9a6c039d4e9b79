/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.Stage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The course of one job: asks for a container a task of the current stage, runs a task in each one it gets, and opens
 * the next stage when the last task of this one has completed.
 *
 * <pre>
 *   NEW --begin--> RUNNING --last task of last stage completed--> FINISHED
 *                     |-----a task used up its attempts---------> FAILED
 * </pre>
 *
 * Not thread-safe: whoever drives the job steps it from one thread at a time.
 */
final class JobRun {

    private enum State {
        NEW,
        RUNNING,
        FINISHED,
        FAILED
    }

    private final Job job;
    private final int attemptsPerTask;
    private final Containers containers;
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private final Map<String, Attempt> running = new LinkedHashMap<>();
    private State state = State.NEW;
    private int stage = -1;
    private int completed;
    private String failure = "";

    JobRun(Job job, int attemptsPerTask, Containers containers) {
        this.job = job;
        this.attemptsPerTask = attemptsPerTask;
        this.containers = containers;
    }

    void begin() {
        if (state != State.NEW) {
            throw new IllegalStateException("job " + job.id() + " began already");
        }
        state = State.RUNNING;
        openNextStage();
    }

    /**
     * Takes a container: runs the next waiting task in it, or gives it back where none waits.
     *
     * @return the attempt that runs in it, or null if it was given back
     */
    @Nullable Attempt allocated(String container) {
        Attempt attempt = waiting.poll();
        if (attempt == null) {
            containers.release(container);
            return null;
        }
        running.put(container, attempt);
        containers.launch(container, attempt);
        return attempt;
    }

    /**
     * Notes that a container ended.
     *
     * @return the attempt that ran in it, or null if none did
     */
    @Nullable Attempt ended(String container, TaskEnd end) {
        Attempt attempt = running.remove(container);
        if (attempt == null || state != State.RUNNING) {
            return attempt;
        }
        if (end == TaskEnd.COMPLETED) {
            completed++;
            openNextStageBehindTheLastTask();
        } else if (attempt.number() < attemptsPerTask) {
            // First in line: the whole stage may be waiting for it.
            waiting.addFirst(attempt.next());
            containers.request(1);
        } else {
            fail("task " + attempt.task() + " ended " + end + " in each of " + attemptsPerTask + " attempts");
        }
        return attempt;
    }

    /** Ends the job as failed; what still runs stays in {@link #running} until {@link #abandon}. */
    void fail(String reason) {
        if (!isOver()) {
            state = State.FAILED;
            failure = reason;
            waiting.clear();
        }
    }

    /** Gives all running containers back and returns what ran in them. */
    Map<String, Attempt> abandon() {
        Map<String, Attempt> abandoned = new LinkedHashMap<>(running);
        running.clear();
        abandoned.keySet().forEach(containers::release);
        return abandoned;
    }

    @Nullable Attempt running(String container) {
        return running.get(container);
    }

    /** Containers asked for and not got yet. */
    int awaited() {
        return waiting.size();
    }

    boolean isOver() {
        return state == State.FINISHED || state == State.FAILED;
    }

    boolean hasFailed() {
        return state == State.FAILED;
    }

    /** Why it failed; empty if it did not. */
    String failure() {
        return failure;
    }

    /** Part of the tasks completed, 0 to 1. */
    float progress() {
        return (float) completed / job.taskCount();
    }

    private void openNextStageBehindTheLastTask() {
        if (!waiting.isEmpty() || !running.isEmpty()) {
            return;
        }
        if (stage + 1 < job.stages().size()) {
            openNextStage();
        } else {
            state = State.FINISHED;
        }
    }

    private void openNextStage() {
        stage++;
        Stage tasks = job.stages().get(stage);
        for (int index = 0; index < tasks.taskCount(); index++) {
            waiting.add(new Attempt(new TaskId(job.id(), stage, index), 1, tasks.duration(index)));
        }
        containers.request(tasks.taskCount());
    }
}
