/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import io.kairos.yarn.protocol.LoadReport;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The newest load report of each node. Reports of an old epoch and reports out of order change nothing, however late they
 * come. Thread-safe.
 */
final class ReportBook {
    private volatile int defaultQueueBound;
    private final ConcurrentMap<NodeId, Entry> entries = new ConcurrentHashMap<>();

    /** @param defaultQueueBound Q of nodes that report none of their own */
    ReportBook(int defaultQueueBound) {
        this.defaultQueueBound = defaultQueueBound;
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

    Outcome accept(LoadReport report, long nowNanos) {
        Outcome[] outcome = {Outcome.DROPPED};
        entries.compute(report.node(), (node, last) -> {
            if (last != null && !last.isBefore(report)) {
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

    /** The node left. What it said is forgotten, but not how far it had counted: its late reports stay late. */
    void forget(NodeId node) {
        entries.computeIfPresent(node, (id, entry) -> new Entry(entry.epoch(), entry.sequence(), null, false));
    }

    /** @param ownBound whether the node set its own Q */
    private record Entry(long epoch, long sequence, @Nullable Latest latest, boolean ownBound) {
        Entry withDefaultBound(int bound) {
            if (ownBound || latest == null) {
                return this;
            }
            NodeCapacity capacity = new NodeCapacity(latest.capacity().slots(), bound);
            return new Entry(epoch, sequence, new Latest(capacity, latest.service(), latest.arrivedNanos()), false);
        }

        /** A node that left may come back with an older epoch: its clock may have been set back. */
        boolean isBefore(LoadReport report) {
            return epoch == report.epoch() ? sequence < report.sequence() : epoch < report.epoch() || latest == null;
        }
    }
}
