/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.eval.bench.BenchRow.Micros;
import io.kairos.eval.metrics.Distribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.server.resourcemanager.rmnode.RMNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.fair.FairScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of one scheduler: every slot of the cluster is asked for at once, placed, fetched and released again. Who places in
 * heartbeats gets them as fast as it takes them; who has a thread of its own gets one a node a second. Not thread-safe.
 */
final class SchedulingRounds {
    static final int SLOTS = 16;
    static final int APPLICATIONS = 40;

    private static final int SLOT_MB = 1_024;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long POLL_NANOS = 100_000;
    private static final int WARM_UP_CONTAINERS = 60_000;
    private static final double CHURN_FILL = 0.6;
    private static final int CHURN_STEPS = 5;

    private final SchedulerUnderTest kind;
    private final InProcessCluster cluster;
    private final List<ApplicationAttemptId> applications = new ArrayList<>();
    private final List<Double> decisions = new ArrayList<>();
    private long allocateNanos;
    private int nextHeartbeat;

    /** A container and whose it is. */
    private record Held(ApplicationAttemptId application, Container container) {}

    SchedulingRounds(SchedulerUnderTest kind, InProcessCluster cluster, int nodes) {
        this.kind = kind;
        this.cluster = cluster;
        for (int node = 0; node < nodes; node++) {
            cluster.addNode(Resource.newInstance(SLOTS * SLOT_MB, SLOTS));
        }
        for (int application = 0; application < APPLICATIONS; application++) {
            applications.add(cluster.addApplication("user", kind.queue(application)));
        }
    }

    /** Rounds that are not measured, until the just-in-time compiler has seen enough. */
    void warmUp() {
        for (int placed = 0;
                placed < WARM_UP_CONTAINERS;
                placed += cluster.nodes().size() * SLOTS) {
            round();
        }
    }

    RoundFigures round() {
        double idle = idleHeartbeats();
        decisions.clear();
        takeOwnDecisions();
        allocateNanos = 0;
        cluster.lock().takeLongest();
        int containers = cluster.nodes().size() * SLOTS;
        long start = System.nanoTime();
        ask(containers);
        awaitAllocated(containers);
        long nanos = System.nanoTime() - start;
        List<Held> held = fetch();
        if (held.size() != containers) {
            throw new IllegalStateException(
                    kind.label() + " handed out " + held.size() + " containers, expected " + containers);
        }
        decisions.addAll(takeOwnDecisions());
        double askAndFetch = allocateNanos / 1e3 / containers;
        release(held);
        return new RoundFigures(
                containers * 1e9 / nanos,
                percentiles(decisions),
                cluster.lock().takeLongest() / 1e6,
                idle,
                askAndFetch);
    }

    /**
     * Fills a part of the slots and replaces a random half of the containers several times.
     *
     * @return the fewest and the most containers a node has in the end
     */
    RmRow.Range churn(long seed) {
        idleHeartbeats();
        Random random = new Random(seed);
        int containers = (int) (cluster.nodes().size() * SLOTS * CHURN_FILL);
        ask(containers);
        awaitAllocated(containers);
        List<Held> held = fetch();
        for (int step = 0; step < CHURN_STEPS; step++) {
            Collections.shuffle(held, random);
            List<Held> half = held.subList(0, containers / 2);
            int released = half.size();
            release(half);
            half.clear();
            idleHeartbeats();
            ask(released);
            awaitAllocated(containers);
            held.addAll(fetch());
        }
        Map<String, Integer> counts = new HashMap<>();
        held.forEach(one -> counts.merge(one.container().getNodeId().getHost(), 1, Integer::sum));
        RmRow.Range range = new RmRow.Range(
                counts.size() < cluster.nodes().size() ? 0 : Collections.min(counts.values()),
                Collections.max(counts.values()));
        release(held);
        return range;
    }

    private double idleHeartbeats() {
        long start = System.nanoTime();
        for (RMNode node : cluster.nodes()) {
            cluster.heartbeat(node);
        }
        return (System.nanoTime() - start) / 1e3 / cluster.nodes().size();
    }

    private void ask(int containers) {
        for (int application = 0; application < APPLICATIONS; application++) {
            int share = containers / APPLICATIONS + (application < containers % APPLICATIONS ? 1 : 0);
            ResourceRequest request = ResourceRequest.newInstance(
                    Priority.newInstance(1), ResourceRequest.ANY, Resource.newInstance(SLOT_MB, 1), share);
            call(applications.get(application), List.of(request), List.of());
        }
    }

    private List<Held> fetch() {
        List<Held> held = new ArrayList<>();
        for (ApplicationAttemptId application : applications) {
            call(application, List.of(), List.of()).forEach(container -> held.add(new Held(application, container)));
        }
        return held;
    }

    private void release(List<Held> held) {
        int before = allocated();
        Map<ApplicationAttemptId, List<ContainerId>> releases = new HashMap<>();
        held.forEach(one -> releases.computeIfAbsent(one.application(), id -> new ArrayList<>())
                .add(one.container().getId()));
        releases.forEach((application, ids) -> cluster.allocate(application, List.of(), ids));
        awaitAllocated(before - held.size());
    }

    private List<Container> call(ApplicationAttemptId application, List<ResourceRequest> asks, List<ContainerId> none) {
        long start = System.nanoTime();
        List<Container> containers = cluster.allocate(application, asks, none);
        allocateNanos += System.nanoTime() - start;
        return containers;
    }

    private void awaitAllocated(int containers) {
        long start = System.nanoTime();
        nextHeartbeat = 0;
        while (allocated() != containers) {
            long waited = System.nanoTime() - start;
            if (waited > LIMIT.toNanos()) {
                throw new IllegalStateException(kind.label() + " has " + allocated() + " containers allocated after "
                        + LIMIT.toSeconds() + " s, expected " + containers);
            }
            if (kind.hasThread()) {
                heartbeatsUntil(waited);
                LockSupport.parkNanos(POLL_NANOS);
            } else {
                sweep();
            }
        }
    }

    /** As many as one a node a second makes by now. */
    private void heartbeatsUntil(long waitedNanos) {
        List<RMNode> nodes = cluster.nodes();
        long due = waitedNanos * nodes.size() / TimeUnit.SECONDS.toNanos(1);
        for (; nextHeartbeat < due; nextHeartbeat++) {
            cluster.heartbeat(nodes.get(nextHeartbeat % nodes.size()));
        }
    }

    private void sweep() {
        if (cluster.scheduler() instanceof FairScheduler fair) {
            // Else the shares it goes by are half a second old.
            fair.update();
        }
        for (RMNode node : cluster.nodes()) {
            int before = allocated();
            long start = System.nanoTime();
            cluster.heartbeat(node);
            long nanos = System.nanoTime() - start;
            int placed = allocated() - before;
            if (placed > 0) {
                decisions.add(nanos / 1e3 / placed);
            }
        }
    }

    private int allocated() {
        return cluster.scheduler().getRootQueueMetrics().getAllocatedContainers();
    }

    private List<Double> takeOwnDecisions() {
        return cluster.scheduler() instanceof MeasuredKairosScheduler kairos ? kairos.takeDecisions() : List.of();
    }

    private static @Nullable Micros percentiles(List<Double> micros) {
        return Distribution.of(micros)
                .map(distribution -> new Micros(distribution.p50(), distribution.p99()))
                .orElse(null);
    }
}
