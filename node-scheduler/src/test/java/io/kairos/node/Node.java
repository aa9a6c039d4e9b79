/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node;

import io.kairos.node.TaskView.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node in an example: moments in seconds, one application a task unless said otherwise, decisions as one line of text such as
 * {@code "PAUSE a QUANTUM, RESUME b QUANTUM"}.
 */
final class Node {
    static final long SECOND = 1_000_000_000L;
    static final double NANO = 1e-9;

    final NodeScheduler<String> scheduler;

    Node(NodeSettings settings) {
        this(settings, TaskOrders.attainedService());
    }

    Node(NodeSettings settings, TaskOrder order) {
        scheduler = new NodeScheduler<>(settings, order);
    }

    Node(NodeSettings settings, ServiceMeasure measure) {
        scheduler = new NodeScheduler<>(settings, TaskOrders.attainedService(), measure);
    }

    /** W = 10 s, no guarantee, no maximum pause, no pulses, neither bound nor memory. */
    static NodeSettings plain(int slots) {
        return new NodeSettings(
                slots,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Duration.ofSeconds(10),
                Optional.empty(),
                2,
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(500));
    }

    static NodeSettings withGuarantee(NodeSettings base, int preemptions, int quanta) {
        return new NodeSettings(
                base.slots(),
                base.launchBound(),
                base.memoryMb(),
                base.quantum(),
                Optional.of(preemptions),
                quanta,
                base.maxPause(),
                base.keepAliveInterval(),
                base.keepAlivePulse());
    }

    static NodeSettings withMaxPause(NodeSettings base, int seconds) {
        return new NodeSettings(
                base.slots(),
                base.launchBound(),
                base.memoryMb(),
                base.quantum(),
                base.preemptionsBeforeGuarantee(),
                base.guaranteedQuanta(),
                Optional.of(Duration.ofSeconds(seconds)),
                base.keepAliveInterval(),
                base.keepAlivePulse());
    }

    static NodeSettings withKeepAlive(NodeSettings base, int intervalSeconds, int pulseSeconds) {
        return new NodeSettings(
                base.slots(),
                base.launchBound(),
                base.memoryMb(),
                base.quantum(),
                base.preemptionsBeforeGuarantee(),
                base.guaranteedQuanta(),
                base.maxPause(),
                Optional.of(Duration.ofSeconds(intervalSeconds)),
                Duration.ofSeconds(pulseSeconds));
    }

    static NodeSettings withQuantum(NodeSettings base, int seconds) {
        return new NodeSettings(
                base.slots(),
                base.launchBound(),
                base.memoryMb(),
                Duration.ofSeconds(seconds),
                base.preemptionsBeforeGuarantee(),
                base.guaranteedQuanta(),
                base.maxPause(),
                base.keepAliveInterval(),
                base.keepAlivePulse());
    }

    static NodeSettings withLimits(NodeSettings base, int launchBound, long memoryMb) {
        return new NodeSettings(
                base.slots(),
                launchBound,
                memoryMb,
                base.quantum(),
                base.preemptionsBeforeGuarantee(),
                base.guaranteedQuanta(),
                base.maxPause(),
                base.keepAliveInterval(),
                base.keepAlivePulse());
    }

    static TaskRequest<String> task(String id) {
        return task(id, 1);
    }

    static TaskRequest<String> task(String id, int slots) {
        return new TaskRequest<>(id, "app-" + id, slots, 0, true);
    }

    static TaskRequest<String> taskOf(String application, String id) {
        return new TaskRequest<>(id, application, 1, 0, true);
    }

    static TaskRequest<String> memory(String id, long memoryMb) {
        return new TaskRequest<>(id, "app-" + id, 1, memoryMb, true);
    }

    static TaskRequest<String> steady(String id) {
        return new TaskRequest<>(id, "app-" + id, 1, 0, false);
    }

    String arrive(double at, TaskRequest<String> request) {
        return text(scheduler.arrive(request, nanos(at)));
    }

    /** The task arrives and, if it is launched at once, starts at once. */
    String run(double at, TaskRequest<String> request) {
        String decided = arrive(at, request);
        return decided.contains("LAUNCH " + request.task()) ? join(decided, started(at, request.task())) : decided;
    }

    String run(double at, String id) {
        return run(at, task(id));
    }

    String adopt(double at, TaskRequest<String> request, double attained, boolean frozen) {
        return text(scheduler.adopt(request, nanos(attained), frozen, nanos(at)));
    }

    String started(double at, String id) {
        return text(scheduler.started(id, nanos(at)));
    }

    static Reading<String> reading(String id, double seconds) {
        return new Reading<>(id, "its counter", nanos(seconds));
    }

    String observe(double at, String id, double seconds) {
        return observe(at, reading(id, seconds));
    }

    @SafeVarargs
    final String observe(double at, Reading<String>... readings) {
        return text(scheduler.observe(List.of(readings), nanos(at)));
    }

    String finish(double at, String id) {
        return text(scheduler.finish(id, nanos(at)));
    }

    String pauseFailed(double at, String id) {
        return text(scheduler.pauseFailed(id, nanos(at)));
    }

    String resumeFailed(double at, String id) {
        return text(scheduler.resumeFailed(id, nanos(at)));
    }

    String reconfigure(double at, NodeSettings settings) {
        return text(scheduler.reconfigure(settings, nanos(at)));
    }

    String reorder(double at, TaskOrder order) {
        return text(scheduler.reorder(order, nanos(at)));
    }

    String change(double at, String id, TaskTerms terms) {
        return text(scheduler.change(Map.of(id, terms), nanos(at)));
    }

    String tick(double at) {
        return text(scheduler.tick(nanos(at)));
    }

    double nextWake() {
        return seconds(scheduler.nextWakeNanos());
    }

    TaskView<String> view(double at, String id) {
        return scheduler.tasks(nanos(at)).stream()
                .filter(view -> view.request().task().equals(id))
                .findFirst()
                .orElseThrow();
    }

    State state(double at, String id) {
        return view(at, id).state();
    }

    double attained(double at, String id) {
        return seconds(view(at, id).attainedNanos());
    }

    static long nanos(double seconds) {
        return Math.round(seconds * SECOND);
    }

    static double seconds(double nanos) {
        return nanos / SECOND;
    }

    static String text(List<Decision<String>> decisions) {
        String all = "";
        for (Decision<String> decision : decisions) {
            all = join(all, decision.action() + " " + decision.task() + " " + decision.reason());
        }
        return all;
    }

    private static String join(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + ", " + other;
    }
}
