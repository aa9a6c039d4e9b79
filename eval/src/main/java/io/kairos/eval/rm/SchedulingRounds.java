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
    private static final Duration STANDSTILL = Duration.ofMillis(1_500);
    private static final double NEARLY_ALL = 0.99;

    /** Looking more often would take the processor from the threads that are measured. */
    private static final long POLL_NANOS = 5_000_000;

    private static final int WARM_UP_CONTAINERS = 150_000;
    private static final double CHURN_FILL = 0.6;
    private static final int CHURN_STEPS = 5;

    private final SchedulerUnderTest kind;
    private final InProcessCluster cluster;
    private final List<ApplicationAttemptId> applications = new ArrayList<>();
    private final List<Held> arrived = new ArrayList<>();
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
        long nanos = awaitPlaced(containers) - start;
        List<Held> held = fetch();
        decisions.addAll(takeOwnDecisions());
        double askAndFetch = allocateNanos / 1e3 / held.size();
        int unplaced = containers - held.size();
        release(held);
        LockWatch.Longest longest = cluster.lock().takeLongest();
        return new RoundFigures(
                held.size() * 1e9 / nanos,
                unplaced,
                percentiles(decisions),
                longest.heldNanos() / 1e6,
                longest.workedNanos() / 1e6,
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
        awaitPlaced(containers);
        List<Held> held = fetch();
        for (int step = 0; step < CHURN_STEPS; step++) {
            Collections.shuffle(held, random);
            List<Held> half = held.subList(0, held.size() / 2);
            release(half);
            half.clear();
            idleHeartbeats();
            ask(containers - held.size());
            awaitPlaced(containers);
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
            call(applications.get(application), List.of(request));
        }
    }

    /** Everything that was handed out and not fetched yet. */
    private List<Held> fetch() {
        applications.forEach(application -> call(application, List.of()));
        List<Held> held = new ArrayList<>(arrived);
        arrived.clear();
        return held;
    }

    private void release(List<Held> held) {
        int before = allocated();
        Map<ApplicationAttemptId, List<ContainerId>> releases = new HashMap<>();
        held.forEach(one -> releases.computeIfAbsent(one.application(), id -> new ArrayList<>())
                .add(one.container().getId()));
        releases.forEach((application, ids) -> cluster.allocate(application, List.of(), ids));
        if (allocated() != before - held.size()) {
            throw new IllegalStateException(kind.label() + " has " + allocated() + " containers after a release of "
                    + held.size() + " from " + before);
        }
    }

    private void call(ApplicationAttemptId application, List<ResourceRequest> asks) {
        long start = System.nanoTime();
        List<Container> containers = cluster.allocate(application, asks, List.of());
        allocateNanos += System.nanoTime() - start;
        containers.forEach(container -> arrived.add(new Held(application, container)));
    }

    /**
     * Drives the cluster until so many containers are allocated. A scheduler that comes to a standstill just short of that has
     * its last few asks withdrawn.
     *
     * @return when the last container was placed, nanoseconds
     */
    private long awaitPlaced(int containers) {
        long start = System.nanoTime();
        nextHeartbeat = 0;
        int placed = allocated();
        long placedAt = start;
        while (placed != containers) {
            long now = System.nanoTime();
            if (now - placedAt > STANDSTILL.toNanos()) {
                if (placed < containers * NEARLY_ALL) {
                    throw new IllegalStateException(kind.label() + " came to a standstill with " + placed + " of "
                            + containers + " containers");
                }
                ask(0);
                return placedAt;
            }
            if (kind.hasThread()) {
                heartbeatsUntil(now - start);
                LockSupport.parkNanos(POLL_NANOS);
            } else {
                sweep();
            }
            int nowPlaced = allocated();
            if (nowPlaced != placed) {
                placed = nowPlaced;
                placedAt = System.nanoTime();
            }
        }
        return placedAt;
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
