/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import io.kairos.central.TieBreak;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The central tier as it runs in a ResourceManager, with its thread, its index and its desk for load reports; only the stock
 * scheduler is played: it takes each container at once. So what reports cost the placement is not hidden by what queues cost. For one
 * caller's thread; reports may come from others.
 */
public final class PlacementLoop implements AutoCloseable {
    private static final int SLOTS = 16;
    private static final int QUEUE_BOUND = 4;
    private static final long MOST_SECONDS = 60;
    private static final int PORT = 45_454;
    private static final ApplicationId APPLICATION = ApplicationId.newInstance(1, 1);

    private final Map<NodeId, AtomicInteger> tasks = new ConcurrentHashMap<>();
    private final List<NodeId> nodes = new ArrayList<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Signals signals = new Signals(new NodesByName());
    private final CentralCounters counters = new CentralCounters();
    private final ReportBook book = new ReportBook(QUEUE_BOUND, Duration.ofSeconds(5), System::currentTimeMillis);
    private final ReportDesk desk = desk(true);
    private final ReportDesk deafDesk = desk(false);
    private final PlacementThread<NodeId> thread;
    private volatile CountDownLatch placed = new CountDownLatch(0);
    private volatile long lastNanos;

    /** Nanoseconds of each placement of the burst; written by the placement thread, read when the burst is over. */
    private volatile List<Double> micros = new ArrayList<>();

    public PlacementLoop(int size) {
        for (int number = 0; number < size; number++) {
            NodeId node = NodeId.newInstance(
                    "10." + (number >> 16) + "." + (number >> 8 & 0xff) + "." + (number & 0xff), PORT);
            nodes.add(node);
            tasks.put(node, new AtomicInteger());
        }
        NodeLoads<NodeId> loads = new NodeLoads<>(
                () -> new CentralSettings.Ordering(TieBreak.VARIANCE, 1),
                node -> Optional.of(node).filter(tasks::containsKey),
                this::view,
                new NoJobs());
        thread = new PlacementThread<>(
                signals, loads, () -> pending.get() > 0, new TakesAll(), () -> {}, Duration.ofSeconds(5), counters);
        thread.start();
    }

    /** The nodes, in the order in which they joined. */
    public List<NodeId> nodes() {
        return List.copyOf(nodes);
    }

    /** Takes a report as the ResourceManager does. */
    public LoadReportReply take(LoadReport report) {
        return desk.answer(report);
    }

    /** Answers a report in the same way and drops it, as one of an unknown node. */
    public LoadReportReply drop(LoadReport report) {
        return deafDesk.answer(report);
    }

    /** Reports taken so far. */
    public long taken() {
        return counters.acceptedReports();
    }

    /** Errors in the placement thread. */
    public long errors() {
        return counters.errors();
    }

    /**
     * Asks for so many containers at once, waits until they are placed, and ends them.
     *
     * @return the time of each placement but the first, from the one before it, microseconds
     */
    public List<Double> burst(int containers) throws InterruptedException {
        signals.freed(nodes);
        micros = new ArrayList<>(containers);
        placed = new CountDownLatch(1);
        lastNanos = 0;
        pending.set(containers);
        signals.retry();
        if (!placed.await(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(pending.get() + " of " + containers + " containers were not placed");
        }
        List<Double> found = micros;
        tasks.values().forEach(count -> count.set(0));
        return found;
    }

    @Override
    public void close() throws InterruptedException {
        thread.stop();
    }

    private ReportDesk desk(boolean knowsNodes) {
        return new ReportDesk(
                book,
                node -> knowsNodes && tasks.containsKey(node),
                signals,
                counters,
                System::nanoTime,
                () -> Mode.ENFORCE,
                application -> Optional.empty(),
                application -> OptionalDouble.empty());
    }

    private NodeLoads.View view(NodeId node) {
        return new NodeLoads.View(
                "",
                book.latest(node).map(ReportBook.Latest::capacity).orElse(new NodeCapacity(SLOTS, QUEUE_BOUND)),
                Collections.nCopies(tasksOn(node).get(), APPLICATION),
                true,
                book.latest(node));
    }

    private AtomicInteger tasksOn(NodeId node) {
        return Objects.requireNonNull(tasks.get(node));
    }

    /** No job is told from another. */
    private static final class NoJobs implements NodeLoads.JobKeys {
        @Override
        public long round() {
            return 0;
        }

        @Override
        public double key(ApplicationId application) {
            return 0;
        }
    }

    private final class TakesAll implements PlacementPass.Placer<NodeId> {
        private @Nullable NodeId proposed;

        @Override
        public boolean isUsable(RankedNode<NodeId> node) {
            return true;
        }

        @Override
        public int mostProposals() {
            return 1;
        }

        @Override
        public PlacementPass.Proposed propose(RankedNode<NodeId> node, boolean named) {
            if (tasksOn(node.node()).get() >= SLOTS + QUEUE_BOUND) {
                return PlacementPass.Proposed.NOTHING;
            }
            proposed = node.node();
            return PlacementPass.Proposed.ONE_MORE;
        }

        @Override
        public boolean commit() {
            tasksOn(Objects.requireNonNull(proposed)).incrementAndGet();
            long now = System.nanoTime();
            if (lastNanos != 0) {
                micros.add((now - lastNanos) / 1e3);
            }
            lastNanos = now;
            if (pending.decrementAndGet() == 0) {
                placed.countDown();
            }
            return true;
        }
    }
}
