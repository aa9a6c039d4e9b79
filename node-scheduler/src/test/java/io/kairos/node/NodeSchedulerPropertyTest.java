/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.TaskStory.Happening;
import io.kairos.node.TaskView.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Random histories, each decision judged by {@link ReferenceNode}; then every task must come to its end. The seed is fixed, so
 * that a build says the same each time; raise the tries and drop the seed to search further.
 */
class NodeSchedulerPropertyTest {
    /** Work each task still needs when the random part of a history is over. */
    private static final long REST = 7 * Node.SECOND;

    enum Kind {
        ARRIVE,
        START,
        FINISH,
        TICK_WHEN_DUE,
        TICK_LATE,
        PAUSE_FAILS,
        RESUME_FAILS,
        ADOPT,
        BOUND,
        OBSERVE,
        RECONFIGURE,
        CHANGE_TERMS,
        REORDER
    }

    /** One step; what a kind does not need it ignores. */
    record Step(Kind kind, int pick, long passes, int slots, int memory, boolean preemptable, boolean flag) {}

    @Property(tries = 6000, seed = "2018", shrinking = ShrinkingMode.BOUNDED)
    void narrowTasks(@ForAll("settings") NodeSettings settings, @ForAll("steps") List<Step> steps) {
        new Histories(settings, TaskOrders.attainedService(), ServiceMeasure.WALL, true).play(steps);
    }

    @Property(tries = 4000, seed = "2018", shrinking = ShrinkingMode.BOUNDED)
    void wideTasks(@ForAll("settings") NodeSettings settings, @ForAll("steps") List<Step> steps) {
        new Histories(settings, TaskOrders.attainedService(), ServiceMeasure.WALL, false).play(steps);
    }

    @Property(tries = 6000, seed = "2018", shrinking = ShrinkingMode.BOUNDED)
    void narrowTasksByCpuTime(
            @ForAll("settings") NodeSettings settings, @ForAll("stepsWithReadings") List<Step> steps) {
        new Histories(settings, TaskOrders.attainedService(), ServiceMeasure.CPU, true).play(steps);
    }

    @Property(tries = 4000, seed = "2018", shrinking = ShrinkingMode.BOUNDED)
    void wideTasksByCpuTime(@ForAll("settings") NodeSettings settings, @ForAll("stepsWithReadings") List<Step> steps) {
        new Histories(settings, TaskOrders.attainedService(), ServiceMeasure.CPU, false).play(steps);
    }

    @Property(tries = 2000, seed = "2018", shrinking = ShrinkingMode.BOUNDED)
    void orderedByApplication(@ForAll("settings") NodeSettings settings, @ForAll("steps") List<Step> steps) {
        TaskOrder order = TaskOrders.applicationKeys(application -> application.hashCode() % 3);
        new Histories(settings, order, ServiceMeasure.WALL, true).play(steps);
    }

    @Property(tries = 6000, seed = "2018", shrinking = ShrinkingMode.BOUNDED)
    void narrowTasksReordered(@ForAll("settings") NodeSettings settings, @ForAll("stepsWithOrders") List<Step> steps) {
        new Histories(settings, TaskOrders.attainedService(), ServiceMeasure.WALL, true).play(steps);
    }

    @Property(tries = 3000, seed = "2018", shrinking = ShrinkingMode.BOUNDED)
    void wideTasksReordered(@ForAll("settings") NodeSettings settings, @ForAll("stepsWithOrders") List<Step> steps) {
        new Histories(settings, TaskOrders.attainedService(), ServiceMeasure.WALL, false).play(steps);
    }

    @Property(tries = 3000, seed = "2018", shrinking = ShrinkingMode.BOUNDED)
    void narrowTasksByCpuTimeReordered(
            @ForAll("settings") NodeSettings settings, @ForAll("stepsWithReadingsAndOrders") List<Step> steps) {
        new Histories(settings, TaskOrders.attainedService(), ServiceMeasure.CPU, true).play(steps);
    }

    @Provide
    Arbitrary<NodeSettings> settings() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(0, 1, 3, 100),
                        Arbitraries.of(20L, 60L, Long.MAX_VALUE),
                        Arbitraries.of(2, 5),
                        Arbitraries.integers().between(0, 2).optional(0.7),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(8, 20).optional(0.4),
                        Arbitraries.of(6, 15).optional(0.6))
                .as((slots, bound, memory, quantum, preemptions, quanta, maxPause, interval) -> new NodeSettings(
                        slots,
                        slots + bound,
                        memory,
                        Duration.ofSeconds(quantum),
                        preemptions,
                        quanta,
                        maxPause.map(Duration::ofSeconds),
                        interval.map(Duration::ofSeconds),
                        Duration.ofMillis(700)));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return steps(kinds());
    }

    @Provide
    Arbitrary<List<Step>> stepsWithOrders() {
        return steps(withOrders(kinds()));
    }

    @Provide
    Arbitrary<List<Step>> stepsWithReadings() {
        return steps(kindsWithReadings());
    }

    @Provide
    Arbitrary<List<Step>> stepsWithReadingsAndOrders() {
        return steps(withOrders(kindsWithReadings()));
    }

    private static Arbitrary<Kind> kinds() {
        return Arbitraries.frequency(
                Tuple.of(28, Kind.ARRIVE),
                Tuple.of(26, Kind.START),
                Tuple.of(10, Kind.FINISH),
                Tuple.of(30, Kind.TICK_WHEN_DUE),
                Tuple.of(8, Kind.TICK_LATE),
                Tuple.of(5, Kind.PAUSE_FAILS),
                Tuple.of(5, Kind.RESUME_FAILS),
                Tuple.of(3, Kind.ADOPT),
                Tuple.of(1, Kind.BOUND),
                Tuple.of(2, Kind.RECONFIGURE),
                Tuple.of(3, Kind.CHANGE_TERMS));
    }

    private static Arbitrary<Kind> kindsWithReadings() {
        return Arbitraries.frequency(
                Tuple.of(26, Kind.ARRIVE),
                Tuple.of(26, Kind.START),
                Tuple.of(8, Kind.FINISH),
                Tuple.of(26, Kind.TICK_WHEN_DUE),
                Tuple.of(8, Kind.TICK_LATE),
                Tuple.of(4, Kind.PAUSE_FAILS),
                Tuple.of(4, Kind.RESUME_FAILS),
                Tuple.of(3, Kind.ADOPT),
                Tuple.of(1, Kind.BOUND),
                Tuple.of(2, Kind.RECONFIGURE),
                Tuple.of(3, Kind.CHANGE_TERMS),
                Tuple.of(30, Kind.OBSERVE));
    }

    private static Arbitrary<Kind> withOrders(Arbitrary<Kind> kinds) {
        return Arbitraries.frequencyOf(Tuple.of(11, kinds), Tuple.of(1, Arbitraries.just(Kind.REORDER)));
    }

    private static Arbitrary<List<Step>> steps(Arbitrary<Kind> kinds) {
        Arbitrary<Long> passing = Arbitraries.of(0L, 0L, 1L, Node.SECOND / 5, Node.SECOND, 3 * Node.SECOND);
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 1000),
                        passing,
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 25),
                        Arbitraries.of(true, true, true, true, false),
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(50);
    }

    /** CPU time as a kernel counts it. */
    private static final class Counter {
        private int number;
        private long nanos;

        void beginAnew() {
            number++;
            nanos = 0;
        }

        Reading<String> reading(String task) {
            return new Reading<>(task, "counter " + number, nanos);
        }
    }

    /** Plays one history on two schedulers, which must decide alike, and on the reference. */
    private static final class Histories {
        private NodeSettings settings;
        private final NodeScheduler<String> scheduler;
        private final NodeScheduler<String> twin;
        private final ReferenceNode reference;
        private final ServiceMeasure measure;
        private final boolean narrow;
        private final Map<String, Counter> counters = new HashMap<>();
        private long now;
        private int named;

        Histories(NodeSettings settings, TaskOrder order, ServiceMeasure measure, boolean narrow) {
            this.settings = settings;
            this.scheduler = new NodeScheduler<>(settings, order, measure);
            this.twin = new NodeScheduler<>(settings, order, measure);
            this.reference = new ReferenceNode(settings, order, measure, narrow);
            this.measure = measure;
            this.narrow = narrow;
        }

        void play(List<Step> steps) {
            for (Step step : steps) {
                play(step);
            }
            finishAll();
        }

        private void play(Step step) {
            List<String> ids = reference.ids();
            String picked = ids.isEmpty() ? "nobody" : ids.get(step.pick % ids.size());
            if (step.kind != Kind.TICK_WHEN_DUE && step.kind != Kind.TICK_LATE) {
                now += step.passes;
            }
            switch (step.kind) {
                case ARRIVE -> {
                    TaskRequest<String> request = request(step);
                    reference.arrived(request, 0, Happening.ARRIVED, now);
                    call(node -> node.arrive(request, now));
                }
                case ADOPT -> {
                    TaskRequest<String> request = request(step);
                    long attained = step.pick * Node.SECOND / 100;
                    Happening how = step.flag ? Happening.ADOPTED_FROZEN : Happening.ADOPTED_RUNNING;
                    reference.arrived(request, attained, how, now);
                    call(node -> node.adopt(request, attained, step.flag, now));
                }
                case START -> start(launching(ids, picked));
                case FINISH -> finish(picked);
                case TICK_WHEN_DUE -> tick(0);
                case TICK_LATE -> tick(step.passes);
                case PAUSE_FAILS -> {
                    reference.happened(picked, Happening.PAUSE_FAILED, now);
                    call(node -> node.pauseFailed(picked, now));
                }
                case RESUME_FAILS -> {
                    reference.happened(picked, Happening.RESUME_FAILED, now);
                    call(node -> node.resumeFailed(picked, now));
                }
                case BOUND -> {
                    int bound = (int) Math.min(Integer.MAX_VALUE, (long) settings.slots() + step.slots);
                    reference.bound(bound);
                    scheduler.launchBound(bound);
                    twin.launchBound(bound);
                    tick(0);
                }
                case OBSERVE -> observe(ids, step);
                case RECONFIGURE -> reconfigure(step);
                case CHANGE_TERMS -> changeTerms(ids, step);
                case REORDER -> {
                    TaskOrder order = step.flag ? TaskOrders.attainedService() : keys(step.pick);
                    reference.happened("nobody", Happening.STARTED, now);
                    reference.reordered(order);
                    call(node -> node.reorder(order, now));
                }
            }
        }

        /** A few applications have a key of their own, several have the same. */
        private static TaskOrder keys(int pick) {
            return TaskOrders.applicationKeys(application -> Math.floorMod(application.hashCode() + pick, 7) / 2);
        }

        /** Slots, quantum and all the rest change, sometimes to those of a node that pauses nothing. */
        private void reconfigure(Step step) {
            long before = now;
            reference.happened("nobody", Happening.STARTED, now);
            call(node -> node.tick(now));
            reference.judgeTick(before, now);
            NodeSettings changed = step.flag ? changed(step) : settings.unlimited();
            settings = changed;
            reference.reconfigured(changed, now);
            call(node -> node.reconfigure(changed, now));
            if (!step.flag) {
                assertThat(scheduler.tasks(now)).as("nothing is held").noneMatch(view -> view.state() == State.HELD);
                assertThat(scheduler.summary(now).paused())
                        .as("nothing is paused but what could not be thawed")
                        .isEqualTo(reference.awaitRetry(now));
            }
        }

        private static NodeSettings changed(Step step) {
            int slots = step.slots;
            return new NodeSettings(
                    slots,
                    slots + step.pick % 4,
                    step.pick % 3 == 0 ? 30 : Long.MAX_VALUE,
                    Duration.ofSeconds(1 + step.pick % 6),
                    step.memory % 4 == 0 ? Optional.empty() : Optional.of(step.memory % 3),
                    1 + step.memory % 2,
                    step.memory % 2 == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(5 + step.memory)),
                    step.pick % 2 == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(4 + step.pick % 9)),
                    Duration.ofMillis(500));
        }

        private void changeTerms(List<String> ids, Step step) {
            Map<String, TaskTerms> terms = new HashMap<>(Map.of("nobody", new TaskTerms(true, 1)));
            for (int i = 0; i < ids.size(); i++) {
                if ((step.pick + i) % 3 == 0) {
                    double weight = List.of(0.01, 0.5, 1.0, 2.0, 100.0).get((step.memory + i) % 5);
                    terms.put(ids.get(i), new TaskTerms(i % 2 == 0 || step.preemptable, weight));
                }
            }
            reference.happened("nobody", Happening.STARTED, now);
            terms.forEach(reference::changed);
            call(node -> node.change(terms, now));
        }

        /** Some of the counters grow, more or less; some go back or begin anew; some are not read. */
        private void observe(List<String> ids, Step step) {
            List<Reading<String>> readings = new ArrayList<>(List.of(new Reading<>("nobody", "none", 1)));
            for (int i = 0; i < ids.size(); i++) {
                Counter counter = counter(ids.get(i));
                switch ((step.pick + i * 7) % 10) {
                    case 0 -> {} // it sleeps
                    case 1 -> counter.nanos /= 2;
                    case 2 -> counter.beginAnew();
                    case 3 -> counter.nanos += 4 * step.passes;
                    case 4, 5 -> counter.nanos += step.memory * Node.SECOND / 10;
                    default -> counter.nanos += step.passes;
                }
                if (step.flag || i % 2 == step.pick % 2) {
                    readings.add(counter.reading(ids.get(i)));
                }
            }
            observe(readings);
        }

        private void observe(List<Reading<String>> readings) {
            reference.observed(readings, now);
            call(node -> node.observe(readings, now));
        }

        private Counter counter(String id) {
            return counters.computeIfAbsent(id, key -> new Counter());
        }

        /** All tasks that run are busy all the time. */
        private void burn(List<String> ids, long span) {
            if (measure == ServiceMeasure.WALL) {
                return;
            }
            List<Reading<String>> readings = new ArrayList<>();
            for (String id : ids) {
                if (reference.state(id, now) == State.RUNNING) {
                    counter(id).nanos += span;
                    readings.add(counter(id).reading(id));
                }
            }
            observe(readings);
        }

        private TaskRequest<String> request(Step step) {
            String id = "task-" + named++;
            return new TaskRequest<>(
                    id, "app-" + step.pick % 5, narrow ? 1 : step.slots, step.memory, step.preemptable);
        }

        private String launching(List<String> ids, String otherwise) {
            for (String id : ids) {
                if (reference.state(id, now) == State.LAUNCHING) {
                    return id;
                }
            }
            return otherwise;
        }

        private void start(String id) {
            reference.happened(id, Happening.STARTED, now);
            call(node -> node.started(id, now));
        }

        private void finish(String id) {
            reference.finished(id, now);
            call(node -> node.finish(id, now));
        }

        private void tick(long late) {
            if (scheduler.nextWakeNanos() == Long.MAX_VALUE) {
                return;
            }
            long before = now;
            now = Math.max(now, scheduler.nextWakeNanos() + late);
            reference.happened("nobody", Happening.STARTED, now);
            call(node -> node.tick(now));
            reference.judgeTick(before, now);
        }

        private void call(Function<NodeScheduler<String>, List<Decision<String>>> call) {
            List<Decision<String>> decisions = call.apply(scheduler);
            for (Decision<String> decision : decisions) {
                reference.decided(decision, now);
            }
            assertThat(call.apply(twin)).as("the same again").isEqualTo(decisions);
            assertThat(twin.nextWakeNanos()).isEqualTo(scheduler.nextWakeNanos());
            reference.judge(scheduler, now);
        }

        /** Every task starts when it is launched, and ends when it has had some service; ticks come on time. */
        private void finishAll() {
            int calls = 0;
            for (List<String> ids = reference.ids(); !ids.isEmpty(); ids = reference.ids()) {
                assertThat(calls++).as("calls until all have ended").isLessThan(3000);
                String launching = launching(ids, "nobody");
                String served = served(ids);
                if (!launching.equals("nobody")) {
                    start(launching);
                } else if (!served.equals("nobody")) {
                    finish(served);
                } else {
                    step(ids);
                }
            }
            assertThat(scheduler.tasks(now)).isEmpty();
            assertThat(scheduler.nextWakeNanos()).isEqualTo(Long.MAX_VALUE);
            assertThat(scheduler.summary(now).meanNanos()).isZero();
        }

        private void step(List<String> ids) {
            long ends = Long.MAX_VALUE;
            for (String id : ids) {
                if (reference.state(id, now) == State.RUNNING) {
                    ends = Math.min(ends, now + need(id) - reference.attained(id, now));
                }
            }
            assertThat(Math.min(ends, scheduler.nextWakeNanos()))
                    .as("something happens yet")
                    .isLessThan(Long.MAX_VALUE);
            boolean ticks = scheduler.nextWakeNanos() <= ends;
            long next = ticks ? Math.max(now, scheduler.nextWakeNanos()) : ends;
            long span = next - now;
            if (ticks) {
                tick(0);
            } else {
                now = next;
            }
            burn(ids, span);
        }

        private String served(List<String> ids) {
            for (String id : ids) {
                if (reference.state(id, now) == State.RUNNING && reference.attained(id, now) >= need(id)) {
                    return id;
                }
            }
            return "nobody";
        }

        private static long need(String id) {
            return REST * (1 + Math.floorMod(id.hashCode(), 3));
        }
    }
}
