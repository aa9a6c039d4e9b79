/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import io.kairos.yarn.protocol.LoadReport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The newest load report of each node. While a node is heard, reports of it that are out of order, of an older epoch, or of an
 * epoch that the clock here has not reached change nothing. Once it has been silent for the expiry time, what it said counts for
 * nothing any more and whatever comes next is taken: otherwise one wrong report with a number far ahead would mute the node for
 * good. Thread-safe.
 */
final class ReportBook {
    /** How far a node's clock may be ahead of the ResourceManager's where the restarted node is to be heard at once. */
    private static final long CLOCK_SKEW_MS = 60_000;

    private volatile int defaultQueueBound;
    private final long expiryNanos;
    private final LongSupplier wallClock;
    private final ConcurrentMap<NodeId, Entry> entries = new ConcurrentHashMap<>();

    /**
     * @param defaultQueueBound Q of nodes that report none of their own
     * @param expiry silence after which what a node said counts for nothing
     * @param wallClock that of the epochs, milliseconds since 1970
     */
    ReportBook(int defaultQueueBound, Duration expiry, LongSupplier wallClock) {
        this.defaultQueueBound = defaultQueueBound;
        this.expiryNanos = expiry.toNanos();
        this.wallClock = wallClock;
    }

    /** Another Q for the nodes that report none of their own; takes effect at once. */
    void defaultQueueBound(int bound) {
        defaultQueueBound = bound;
        entries.replaceAll((node, entry) -> entry.withDefaultBound(bound));
    }

    /** What became of a report. */
    enum Outcome {
        DROPPED,
        ACCEPTED,
        /** Accepted, and the node's N or Q is not what it was. */
        RESIZED
    }

    /**
     * What a node said last.
     *
     * @param capacity its N and Q
     * @param service attained service of its tasks
     * @param arrivedNanos when it said so, on the caller's clock
     */
    record Latest(NodeCapacity capacity, ServiceReport service, long arrivedNanos) {}

    /**
     * Takes a report, or drops it.
     *
     * @param nowNanos on a clock that nobody sets
     */
    Outcome accept(LoadReport report, long nowNanos) {
        Outcome[] outcome = {Outcome.DROPPED};
        long newestEpoch = wallClock.getAsLong() + CLOCK_SKEW_MS;
        entries.compute(report.node(), (node, last) -> {
            if (last != null && !isSilent(last, nowNanos) && !last.isBefore(report, newestEpoch)) {
                return last;
            }
            Latest latest = new Latest(capacity(report), report.service(), nowNanos);
            boolean same = last != null
                    && last.latest() != null
                    && last.latest().capacity().equals(latest.capacity());
            outcome[0] = same ? Outcome.ACCEPTED : Outcome.RESIZED;
            return new Entry(
                    report.epoch(),
                    report.sequence(),
                    nowNanos,
                    latest,
                    report.queueBound().isPresent());
        });
        return outcome[0];
    }

    /** The capacity a report claims, with the cluster's Q where it claims none. */
    NodeCapacity capacity(LoadReport report) {
        return new NodeCapacity(report.slots(), report.queueBound().orElse(defaultQueueBound));
    }

    Optional<Latest> latest(NodeId node) {
        @Nullable Entry entry = entries.get(node);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.latest());
    }

    /** Whether it came so long ago that it counts for nothing any more. */
    boolean isLate(Latest latest, long nowNanos) {
        return nowNanos - latest.arrivedNanos() >= expiryNanos;
    }

    /** The node left. What it said is forgotten, but not yet how far it had counted: its late reports stay late. */
    void forget(NodeId node, long nowNanos) {
        entries.computeIfPresent(node, (id, entry) -> entry.withoutLatest());
        // Where NodeManagers take any free port, each restart is another node: those that left long ago must not pile
        // up.
        entries.values().removeIf(entry -> entry.latest() == null && isSilent(entry, nowNanos));
    }

    /** Nodes of which anything is remembered, those that left lately among them. */
    int size() {
        return entries.size();
    }

    private boolean isSilent(Entry entry, long nowNanos) {
        return nowNanos - entry.heardNanos() >= expiryNanos;
    }

    /** @param ownBound whether the node set its own Q */
    private record Entry(long epoch, long sequence, long heardNanos, @Nullable Latest latest, boolean ownBound) {
        Entry withoutLatest() {
            return new Entry(epoch, sequence, heardNanos, null, false);
        }

        Entry withDefaultBound(int bound) {
            if (ownBound || latest == null) {
                return this;
            }
            NodeCapacity capacity = new NodeCapacity(latest.capacity().slots(), bound);
            Latest resized = new Latest(capacity, latest.service(), latest.arrivedNanos());
            return new Entry(epoch, sequence, heardNanos, resized, false);
        }

        /** A node that left may come back with any other epoch: its clock may have been set. */
        boolean isBefore(LoadReport report, long newestEpoch) {
            return epoch == report.epoch()
                    ? sequence < report.sequence()
                    : latest == null || (epoch < report.epoch() && report.epoch() <= newestEpoch);
        }
    }
}
