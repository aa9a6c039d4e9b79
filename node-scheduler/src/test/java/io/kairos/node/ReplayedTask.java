/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.TaskView.State;

/** A task as its history tells it at one moment. */
final class ReplayedTask {
    final TaskStory story;
    private final ServiceMeasure measure;
    State state = State.HELD;
    boolean thawed;
    long attained;
    int preemptions;
    int counted;
    /** One end of a quantum; no quantum ended before since it runs. */
    long quantumEnds;

    long quantumSpan;
    long pausedFrom;
    long lastThaw;
    long creditFrom;
    long guaranteedUntil = -1;
    long exemptUntil = -1;
    long retryAt = -1;
    boolean frozenByPulse;
    boolean resumed;

    private ReplayedTask(TaskStory story, ServiceMeasure measure) {
        this.story = story;
        this.measure = measure;
    }

    boolean running() {
        return state == State.RUNNING || state == State.LAUNCHING;
    }

    /** Replays all that happened by then. */
    static ReplayedTask of(TaskStory story, ServiceMeasure measure, long now) {
        ReplayedTask task = new ReplayedTask(story, measure);
        long from = 0;
        for (TaskStory.Entry entry : story.entries()) {
            task.attained += task.thawed ? task.wall(entry.at() - from) : 0;
            from = entry.at();
            task.apply(entry);
        }
        task.attained += task.thawed ? task.wall(now - from) : 0;
        for (TaskStory.CounterRun run : story.counters()) {
            // What is attained by then is not taken back; what the first reading tells beyond it was not known.
            task.attained = Math.max(task.attained, run.first()) + (run.most() - run.first());
        }
        return task;
    }

    /** Time passes by itself, CPU time does not. */
    private long wall(long span) {
        return measure == ServiceMeasure.WALL ? span : 0;
    }

    private void apply(TaskStory.Entry entry) {
        long at = entry.at();
        switch (entry.what()) {
            case ARRIVED -> state = State.HELD;
            case LAUNCH -> state = State.LAUNCHING;
            case ADOPTED_RUNNING -> {
                attained = story.adopted;
                runs(entry);
            }
            case ADOPTED_FROZEN -> {
                attained = story.adopted;
                freezes(at);
                pausedFrom = at;
                lastThaw = at;
            }
            case STARTED -> runs(entry);
            case RESUME -> {
                runs(entry);
                resumed = true;
            }
            case GUARANTEE ->
                guaranteedUntil = at
                        + entry.by().guaranteedQuanta() * entry.by().quantum().toNanos();
            case PAUSE -> {
                freezes(at);
                counted = guaranteedUntil >= 0 ? 1 : counted + 1;
                preemptions++;
                guaranteedUntil = -1;
                pausedFrom = at;
                lastThaw = at;
                frozenByPulse = false;
            }
            case PULSE_START -> {
                thawed = true;
                lastThaw = at;
            }
            case PULSE_END -> {
                freezes(at);
                lastThaw = at;
                frozenByPulse = true;
            }
            case PAUSE_FAILED -> pauseFailed(entry);
            case RESUME_FAILED -> resumeFailed(at);
            case RECONFIGURED -> reconfigured(entry);
        }
    }

    private void pauseFailed(TaskStory.Entry entry) {
        long at = entry.at();
        if (state != State.PAUSED || thawed) {
            return;
        }
        if (frozenByPulse) {
            attained += wall(at - creditFrom);
            thawed = true;
            lastThaw = at;
        } else if (preemptions > 0) {
            attained += wall(at - creditFrom);
            runs(entry);
            exemptUntil = quantumEnds;
            preemptions--;
            counted--;
        }
    }

    private void reconfigured(TaskStory.Entry entry) {
        if (state != State.RUNNING) {
            return;
        }
        long underWayEnds = quantumEnds;
        while (underWayEnds <= entry.at()) {
            underWayEnds += quantumSpan;
        }
        quantumSpan = entry.by().quantum().toNanos();
        quantumEnds = Math.min(underWayEnds, entry.at() + quantumSpan);
    }

    private void resumeFailed(long at) {
        if (state == State.PAUSED && thawed) {
            freezes(at);
            lastThaw = at; // it had its pulse, even if it failed
        } else if (state == State.RUNNING && resumed) {
            freezes(at);
            guaranteedUntil = -1;
            resumed = false;
            retryAt = at + Node.SECOND;
        }
    }

    private void runs(TaskStory.Entry entry) {
        state = State.RUNNING;
        thawed = true;
        quantumSpan = entry.by().quantum().toNanos();
        quantumEnds = entry.at() + quantumSpan;
        resumed = false;
        retryAt = -1;
    }

    private void freezes(long at) {
        state = State.PAUSED;
        thawed = false;
        creditFrom = at;
    }
}
