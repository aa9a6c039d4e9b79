/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kairos.node.Decision.Action;
import io.kairos.node.Decision.Reason;
import io.kairos.node.TaskView.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the scheduler must be true to, told the plain way: it remembers all that happened to each task ({@link TaskStory}), computes
 * everything anew from that whenever it is asked ({@link ReplayedTask}), and judges each decision before it believes it.
 */
final class ReferenceNode {
    private NodeSettings settings;
    private TaskOrder order;
    private final ServiceMeasure measure;
    private final boolean narrow;
    private final Map<String, TaskStory> stories = new LinkedHashMap<>();
    private final List<String> pausedFor = new ArrayList<>();
    /** Guarantees that must be told next. */
    private final Map<String, Reason> awaited = new HashMap<>();

    private int bound;
    private boolean overcommitted;
    private long thawedTime;
    private long gone;
    private long last;
    /** The longest service seen: rounding is measured by it. */
    private double longest;

    /** @param narrow whether all tasks take one slot, so that exactly one victim is right */
    ReferenceNode(NodeSettings settings, TaskOrder order, ServiceMeasure measure, boolean narrow) {
        this.settings = settings;
        this.order = order;
        this.measure = measure;
        this.narrow = narrow;
        this.bound = settings.launchBound();
    }

    void bound(int newBound) {
        bound = newBound;
    }

    /** The node has other parameters; no quantum is over and not renewed. */
    void reconfigured(NodeSettings newSettings, long now) {
        pass(now);
        for (TaskStory story : stories.values()) {
            story.add(new TaskStory.Entry(now, TaskStory.Happening.RECONFIGURED, newSettings));
        }
        settings = newSettings;
        bound = newSettings.launchBound();
        noteOvercommitment(now);
    }

    void reordered(TaskOrder newOrder) {
        order = newOrder;
    }

    void changed(String id, TaskTerms terms) {
        TaskStory story = stories.get(id);
        if (story != null) {
            story.request = story.request.on(terms);
        }
    }

    private long quantum() {
        return settings.quantum().toNanos();
    }

    /** Slots the task takes. */
    private int slots(TaskStory story) {
        return Math.min(story.request.slots(), settings.slots());
    }

    void arrived(TaskRequest<String> request, long adoptedNanos, TaskStory.Happening how, long now) {
        pass(now);
        stories.put(request.task(), new TaskStory(request, adoptedNanos));
        happened(request.task(), how, now);
    }

    void happened(String id, TaskStory.Happening what, long now) {
        pass(now);
        TaskStory story = stories.get(id);
        if (story == null) {
            return;
        }
        ReplayedTask before = replay(story, now);
        if (what == TaskStory.Happening.STARTED && before.state != State.LAUNCHING) {
            return;
        }
        story.add(new TaskStory.Entry(now, what, settings));
        thawedTime += replay(story, now).attained
                - before.attained; // what a failed freeze gives back, or an adopted task brings
        noteOvercommitment(now);
    }

    /** Counters were read. Tasks without processes have none. */
    void observed(List<Reading<String>> readings, long now) {
        pass(now);
        for (Reading<String> reading : readings) {
            TaskStory story = stories.get(reading.task());
            if (story == null) {
                continue;
            }
            ReplayedTask before = replay(story, now);
            if (before.state == State.RUNNING || before.state == State.PAUSED) {
                story.read(reading);
                thawedTime += replay(story, now).attained - before.attained;
            }
        }
    }

    void finished(String id, long now) {
        pass(now);
        TaskStory story = stories.remove(id);
        if (story != null) {
            gone += replay(story, now).attained;
            noteOvercommitment(now);
        }
    }

    /** Paused tasks whose resume failed, so that they wait for the next try. */
    long awaitRetry(long now) {
        return all(now).stream()
                .filter(task -> task.state == State.PAUSED && task.retryAt > now)
                .count();
    }

    State state(String id, long now) {
        return replay(Objects.requireNonNull(stories.get(id)), now).state;
    }

    List<String> ids() {
        return List.copyOf(stories.keySet());
    }

    long attained(String id, long now) {
        return replay(Objects.requireNonNull(stories.get(id)), now).attained;
    }

    /** Judges a decision, then believes it. */
    void decided(Decision<String> decision, long now) {
        TaskStory story = stories.get(decision.task());
        assertThat(story).as("a task of the node: %s", decision).isNotNull();
        ReplayedTask task = replay(Objects.requireNonNull(story), now);
        assertThat(decision.timeNanos()).isEqualTo(now);
        assertThat(decision.attainedNanos()).as("%s", decision).isEqualTo(task.attained);
        switch (decision.action()) {
            case HOLD -> assertThat(task.state).isEqualTo(State.HELD);
            case LAUNCH -> {
                assertThat(task.state).isEqualTo(State.HELD);
                assertThat(mayRun(task, now))
                        .as("memory and bound allow it: %s", decision)
                        .isTrue();
                judgeChoice(task, decision, now);
                story.add(new TaskStory.Entry(now, TaskStory.Happening.LAUNCH, settings));
                judgeSlots(decision, now);
            }
            case RESUME -> {
                assertThat(task.state).isEqualTo(State.PAUSED);
                assertThat(task.retryAt).isLessThanOrEqualTo(now);
                judgeChoice(task, decision, now);
                expectedGuarantee(task, now);
                story.add(new TaskStory.Entry(now, TaskStory.Happening.RESUME, settings));
                if (decision.reason() == Reason.ADOPTED || !story.request.preemptable()) {
                    noteOvercommitment(now);
                } else {
                    judgeSlots(decision, now);
                }
            }
            case PAUSE -> {
                assertThat(eligible(task, now))
                        .as("may be a victim: %s", decision)
                        .isTrue();
                judgeVictim(task, decision, now);
                if (decision.counterpart() != null) {
                    pausedFor.add(decision.task());
                }
                story.add(new TaskStory.Entry(now, TaskStory.Happening.PAUSE, settings));
            }
            case PULSE_START -> {
                assertThat(task.state == State.PAUSED && !task.thawed && story.request.preemptable())
                        .isTrue();
                story.add(new TaskStory.Entry(now, TaskStory.Happening.PULSE_START, settings));
            }
            case PULSE_END -> {
                assertThat(task.state == State.PAUSED && task.thawed).isTrue();
                story.add(new TaskStory.Entry(now, TaskStory.Happening.PULSE_END, settings));
            }
            case GUARANTEE -> {
                assertThat(awaited.remove(decision.task())).isEqualTo(decision.reason());
                story.add(new TaskStory.Entry(now, TaskStory.Happening.GUARANTEE, settings));
            }
        }
        if (decision.action() != Action.PAUSE) {
            pausedFor.clear();
        }
        judgeCounts(decision, now);
        if (used(now) <= settings.slots()) {
            overcommitted = false;
        }
    }

    private void expectedGuarantee(ReplayedTask task, long now) {
        if (!task.story.request.preemptable()) {
            return;
        }
        if (settings.preemptionsBeforeGuarantee().isPresent()
                && task.counted > settings.preemptionsBeforeGuarantee().get()) {
            awaited.put(task.story.request.task(), Reason.PREEMPTED_TOO_OFTEN);
        } else if (overdue(task, now)) {
            awaited.put(task.story.request.task(), Reason.PAUSED_TOO_LONG);
        }
    }

    /** Of the tasks that could have had the free slot, the right one has it. */
    private void judgeChoice(ReplayedTask task, Decision<String> decision, long now) {
        if (decision.reason() == Reason.ADOPTED || !narrow) {
            return;
        }
        for (ReplayedTask other : all(now)) {
            if (other.running() || other == task || other.story == task.story || !mayRun(other, now)) {
                continue;
            }
            boolean gaveWay = pausedFor.contains(other.story.request.task());
            boolean preempts = decision.counterpart() != null; // as only new tasks and overdue ones do
            if (decision.reason() == Reason.QUANTUM
                    || overdue(task, now)
                    || gaveWay
                    || (preempts && other.state != State.HELD)) {
                continue;
            }
            assertThat(priority(other) < priority(task))
                    .as("%s although %s is more urgent", decision, other.story.request)
                    .isFalse();
        }
    }

    private void judgeVictim(ReplayedTask victim, Decision<String> decision, long now) {
        String counterpart = decision.counterpart();
        if (counterpart != null) {
            ReplayedTask taker = replay(Objects.requireNonNull(stories.get(counterpart)), now);
            assertThat(taker.running()).isFalse();
            assertThat(mayRun(taker, now)).isTrue();
            double gap = priority(victim) - priority(taker);
            if (decision.reason() == Reason.ARRIVAL) {
                assertThat(taker.state).isEqualTo(State.HELD);
                assertThat(gap).as("%s", decision).isPositive();
            } else if (decision.reason() == Reason.QUANTUM) {
                assertThat(gap).as("%s", decision).isPositive().isGreaterThanOrEqualTo(order.requiredLead(quantum()));
                if (narrow) {
                    assertThat(now).isGreaterThanOrEqualTo(victim.quantumEnds);
                }
            } else {
                assertThat(decision.reason()).isEqualTo(Reason.PAUSED_TOO_LONG);
                assertThat(overdue(taker, now)).isTrue();
            }
        } else {
            assertThat(overcommitted)
                    .as("repairs only what is to be repaired: %s", decision)
                    .isTrue();
        }
        if (narrow && decision.reason() != Reason.QUANTUM) {
            for (ReplayedTask other : all(now)) {
                assertThat(eligible(other, now) && priority(other) > priority(victim))
                        .as("%s although %s is less urgent", decision, other.story.request)
                        .isFalse();
            }
        }
    }

    private void judgeSlots(Decision<String> decision, long now) {
        int free = settings.slots() - used(now);
        assertThat(free).as("slots: %s", decision).isNotNegative();
        for (String victim : pausedFor) {
            assertThat(slots(Objects.requireNonNull(stories.get(victim))))
                    .as("%s need not have been paused for %s", victim, decision)
                    .isGreaterThan(free);
        }
    }

    private void judgeCounts(Decision<String> decision, long now) {
        int running = 0;
        int paused = 0;
        int held = 0;
        for (ReplayedTask task : all(now)) {
            running += task.running() ? 1 : 0;
            paused += task.state == State.PAUSED ? 1 : 0;
            held += task.state == State.HELD ? 1 : 0;
        }
        assertThat(List.of(decision.running(), decision.paused(), decision.held()))
                .as("counts of %s", decision)
                .isEqualTo(List.of(running, paused, held));
    }

    /** What must hold after each call. */
    void judge(NodeScheduler<String> scheduler, long now) {
        assertThat(awaited).as("guarantees owed").isEmpty();
        assertThat(overcommitted || used(now) <= settings.slots()).as("slots").isTrue();
        judgeWaiting(now);
        judgeWake(scheduler.nextWakeNanos(), now);
        judgeViews(scheduler.tasks(now), now);
        judgeSummary(scheduler.summary(now), now);
        assertThat(scheduler.varianceNanos2(now))
                .isEqualTo(scheduler.summary(now).varianceNanos2());
        assertThat(scheduler.tick(scheduler.nextWakeNanos() - 1))
                .as("nothing is due before the next wake")
                .isEmpty();
    }

    /** What must hold after a tick besides. */
    void judgeTick(long before, long now) {
        List<ReplayedTask> tasks = all(now);
        for (ReplayedTask task : tasks) {
            if (task.state == State.PAUSED
                    && task.story.request.preemptable()
                    && settings.keepAliveInterval().isPresent()) {
                assertThat(task.thawed
                                || now - task.lastThaw
                                        < settings.keepAliveInterval().get().toNanos())
                        .as("thawed often enough: %s", task.story.request)
                        .isTrue();
            }
            long over = now - task.quantumEnds;
            boolean ended = task.state == State.RUNNING && over >= 0 && over % quantum() < now - before;
            if (!narrow || !ended || !eligible(task, now)) {
                continue;
            }
            // What the task has attained since its quantum ended counts at the end of the next one, however late the
            // tick is.
            long end = now - over % quantum();
            boolean foreseesLead = order.isAttainedService() && measure == ServiceMeasure.WALL;
            double since = foreseesLead ? (now - end) / task.story.request.weight() : 0;
            for (ReplayedTask other : tasks) {
                double gap = priority(task) - since - priority(other);
                assertThat(!other.running()
                                && mayRun(other, end)
                                && mayRun(other, now)
                                && gap > 0
                                && gap >= order.requiredLead(quantum()))
                        .as("%s should have given way to %s", task.story.request, other.story.request)
                        .isFalse();
            }
        }
    }

    private void judgeWaiting(long now) {
        List<ReplayedTask> tasks = all(now);
        int free = settings.slots() - used(now);
        for (ReplayedTask task : tasks) {
            if (overcommitted) {
                assertThat(eligible(task, now))
                        .as("repaired by %s", task.story.request)
                        .isFalse();
                continue;
            }
            if (task.running() || !mayRun(task, now)) {
                continue;
            }
            int reachable = free;
            for (ReplayedTask victim : tasks) {
                boolean strictlyLess = task.state == State.HELD && priority(victim) > priority(task);
                if (eligible(victim, now) && (strictlyLess || overdue(task, now))) {
                    reachable += slots(victim.story);
                }
            }
            assertThat(slots(task.story))
                    .as("waits in vain: %s", task.story.request)
                    .isGreaterThan(reachable);
        }
    }

    /** No end of a quantum is slept through at which a waiting task could take the place of the running one. */
    private void judgeWake(long wake, long now) {
        for (ReplayedTask task : all(now)) {
            if (overcommitted || !narrow || task.state != State.RUNNING) {
                continue;
            }
            long nextEnd = task.quantumEnds;
            if (nextEnd <= now) {
                nextEnd += ((now - nextEnd) / quantum() + 1) * quantum();
            }
            if (wake > nextEnd) {
                assertThat(isLedAt(nextEnd, task.story))
                        .as("the quantum of %s that ends at %s is decided then", task.story.request, nextEnd)
                        .isFalse();
            }
        }
    }

    /** Whether somebody could take the place of the running task then, if nothing happens until then. */
    private boolean isLedAt(long moment, TaskStory running) {
        List<ReplayedTask> tasks = all(moment);
        ReplayedTask task = replay(running, moment);
        return eligible(task, moment)
                && tasks.stream()
                        .filter(other -> !other.running() && mayRun(other, moment))
                        .mapToDouble(other -> priority(task) - priority(other))
                        .anyMatch(gap -> gap > 0 && gap >= order.requiredLead(quantum()));
    }

    private void judgeViews(List<TaskView<String>> views, long now) {
        assertThat(views).hasSize(stories.size());
        long total = gone;
        int i = 0;
        for (ReplayedTask task : all(now)) {
            TaskView<String> view = views.get(i++);
            assertThat(view.request()).isEqualTo(task.story.request);
            assertThat(view.state()).isEqualTo(task.state);
            assertThat(view.pulsing()).isEqualTo(task.state == State.PAUSED && task.thawed);
            assertThat(view.attainedNanos()).isEqualTo(task.attained).isGreaterThanOrEqualTo(task.story.lastAttained);
            assertThat(view.preemptions()).isEqualTo(task.preemptions);
            task.story.lastAttained = task.attained;
            total += task.attained;
        }
        assertThat(total).as("service is neither lost nor made").isEqualTo(thawedTime);
    }

    private void judgeSummary(ServiceSummary summary, long now) {
        List<ReplayedTask> tasks = all(now);
        double mean = 0;
        Map<String, Long> byApplication = new HashMap<>();
        for (ReplayedTask task : tasks) {
            mean += aged(task) / tasks.size();
            longest = Math.max(longest, aged(task));
            byApplication.merge(task.story.request.application(), task.attained, Long::sum);
        }
        double variance = 0;
        for (ReplayedTask task : tasks) {
            variance += (aged(task) - mean) * (aged(task) - mean) / tasks.size();
        }
        assertThat(summary.meanNanos()).isCloseTo(mean, within(1e-12 * longest + 1e-3));
        assertThat(summary.varianceNanos2()).isCloseTo(variance, within(1e-12 * longest * longest + 1e-3));
        assertThat(summary.attainedNanosByApplication()).isEqualTo(byApplication);
        if (tasks.size() < 2) {
            assertThat(summary.varianceNanos2()).isZero();
        }
    }

    private boolean mayRun(ReplayedTask task, long now) {
        if (task.state != State.HELD) {
            return task.retryAt <= now;
        }
        int launched = 0;
        long memory = task.story.request.memoryMb();
        boolean younger = false;
        for (ReplayedTask other : all(now)) {
            younger |= other.story == task.story;
            if (other.state != State.HELD) {
                launched++;
                memory += other.story.request.memoryMb();
            } else if (!younger && other.story.request.memoryMb() > settings.memoryMb()) {
                return false;
            }
        }
        return launched < bound && (launched == 0 || memory <= settings.memoryMb());
    }

    private boolean eligible(ReplayedTask task, long now) {
        return task.state == State.RUNNING
                && task.story.request.preemptable()
                && task.guaranteedUntil <= now
                && task.exemptUntil <= now;
    }

    private boolean overdue(ReplayedTask task, long now) {
        if (task.state != State.PAUSED) {
            return false;
        }
        return !task.story.request.preemptable()
                || (settings.maxPause().isPresent()
                        && now - task.pausedFrom >= settings.maxPause().get().toNanos());
    }

    private double priority(ReplayedTask task) {
        return order.priority(task.story.request.application(), aged(task));
    }

    private static double aged(ReplayedTask task) {
        return task.attained / task.story.request.weight();
    }

    private int used(long now) {
        int used = 0;
        for (ReplayedTask task : all(now)) {
            used += task.running() ? slots(task.story) : 0;
        }
        return used;
    }

    private void noteOvercommitment(long now) {
        overcommitted = used(now) > settings.slots();
    }

    /** Counts the thawed tasks over the time that passed, apart from the stories. */
    private void pass(long now) {
        for (ReplayedTask task : all(last)) {
            thawedTime += task.thawed ? wall(now - last) : 0;
        }
        last = now;
    }

    private List<ReplayedTask> all(long now) {
        List<ReplayedTask> tasks = new ArrayList<>();
        for (TaskStory story : stories.values()) {
            tasks.add(replay(story, now));
        }
        return tasks;
    }

    private ReplayedTask replay(TaskStory story, long now) {
        return ReplayedTask.of(story, measure, now);
    }

    /** Time passes by itself, CPU time does not. */
    private long wall(long span) {
        return measure == ServiceMeasure.WALL ? span : 0;
    }
}
