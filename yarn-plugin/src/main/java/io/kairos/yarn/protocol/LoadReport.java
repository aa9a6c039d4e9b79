/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import io.kairos.central.NodeCapacity;
import io.kairos.central.ServiceReport;
import io.kairos.yarn.conf.Mode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself: its slots, its tasks and their attained service. Soft state: lost reports are made good by the
 * next one. Immutable; {@link Builder} makes it from plain values.
 *
 * @param node the reporting NodeManager
 * @param epoch when that NodeManager started, milliseconds since 1970; a restarted node has a later one
 * @param sequence number of the report within its epoch, growing
 * @param slots N, tasks the node runs at a time
 * @param queueBound Q where the node sets its own, else empty: what the ResourceManager sets for all
 * @param running tasks that run
 * @param paused tasks frozen in place
 * @param held tasks not launched yet
 * @param service mean, variance and extremes of the attained service of these tasks, over their weights
 * @param attainedByApplication attained service of each application's tasks that are on the node, seconds
 * @param mode what the node has in force
 * @param pausesNotMade pauses that it would have made since it started, had it not only observed
 * @param endedByApplication the tasks that have ended on the node, of each application that has not
 * @param tally what the node has done since it started; empty from one that tells nothing of that
 */
public record LoadReport(
        NodeId node,
        long epoch,
        long sequence,
        int slots,
        OptionalInt queueBound,
        int running,
        int paused,
        int held,
        ServiceReport service,
        SortedMap<ApplicationId, Double> attainedByApplication,
        Mode mode,
        long pausesNotMade,
        SortedMap<ApplicationId, EndedTasks> endedByApplication,
        Optional<Tally> tally) {
    /** Far above any node, and small enough for every sum. */
    private static final int MOST_SLOTS = 1_000_000;

    public LoadReport {
        if (node.getHost() == null || node.getHost().isEmpty()) {
            throw new IllegalArgumentException("a load report needs the node's host name");
        }
        requireNotNegative("epoch", epoch);
        requireNotNegative("sequence", sequence);
        requireNotNegative("running tasks", running);
        requireNotNegative("paused tasks", paused);
        requireNotNegative("held tasks", held);
        requireNotNegative("pauses not made", pausesNotMade);
        if (slots > MOST_SLOTS || queueBound.orElse(0) > MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "slots and queue bound must be at most " + MOST_SLOTS + ", were " + slots + ", " + queueBound);
        }
        new NodeCapacity(slots, queueBound.orElse(0));
        if (service.tasks() != Math.addExact(Math.addExact(running, paused), held)) {
            throw new IllegalArgumentException("a load report counts " + service.tasks() + " tasks, but " + running
                    + " run, " + paused + " are paused and " + held + " are held");
        }
        attainedByApplication = Amounts.copy("attained service", attainedByApplication, Amounts.MOST_SECONDS);
        endedByApplication = Collections.unmodifiableSortedMap(new TreeMap<>(endedByApplication));
    }

    /** Starts a report of an idle node with one slot; the setters say the rest. */
    public static Builder of(NodeId node, long epoch, long sequence) {
        return new Builder(node, epoch, sequence);
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }

    /** Builds a report from plain values. Not thread-safe. */
    public static final class Builder {
        private final NodeId node;
        private final long epoch;
        private final long sequence;
        private final SortedMap<ApplicationId, Double> attainedByApplication = new TreeMap<>();
        private final SortedMap<ApplicationId, EndedTasks> endedByApplication = new TreeMap<>();
        private int slots = 1;
        private OptionalInt queueBound = OptionalInt.empty();
        private int running;
        private int paused;
        private int held;
        private double mean;
        private double variance;
        private double leastRunning;
        private double mostRunning;
        private Mode mode = Mode.ENFORCE;
        private long pausesNotMade;
        private Optional<Tally> tally = Optional.empty();

        private Builder(NodeId node, long epoch, long sequence) {
            this.node = node;
            this.epoch = epoch;
            this.sequence = sequence;
        }

        public Builder slots(int value) {
            slots = value;
            return this;
        }

        /** The node's own Q; not called where the ResourceManager's holds. */
        public Builder queueBound(int value) {
            queueBound = OptionalInt.of(value);
            return this;
        }

        public Builder tasks(int running, int paused, int held) {
            this.running = running;
            this.paused = paused;
            this.held = held;
            return this;
        }

        /**
         * Attained service of all tasks of the node.
         *
         * @param mean seconds
         * @param variance population variance, seconds squared
         */
        public Builder attained(double mean, double variance) {
            this.mean = mean;
            this.variance = variance;
            return this;
        }

        /** Least and most attained service among the running tasks, seconds. */
        public Builder runningBetween(double least, double most) {
            leastRunning = least;
            mostRunning = most;
            return this;
        }

        /** Attained service of one application's tasks that are on this node, seconds. */
        public Builder application(ApplicationId application, double attained) {
            @Nullable Double before = attainedByApplication.put(application, attained);
            if (before != null) {
                throw new IllegalArgumentException(application + " is reported twice");
            }
            return this;
        }

        public Builder applications(Map<ApplicationId, Double> attained) {
            attained.forEach(this::application);
            return this;
        }

        /** The tasks of one application that have ended on this node. */
        public Builder ended(ApplicationId application, EndedTasks ended) {
            endedByApplication.put(application, ended);
            return this;
        }

        public Builder mode(Mode value) {
            mode = value;
            return this;
        }

        public Builder pausesNotMade(long value) {
            pausesNotMade = value;
            return this;
        }

        public Builder tally(Tally value) {
            tally = Optional.of(value);
            return this;
        }

        public LoadReport build() {
            return new LoadReport(
                    node,
                    epoch,
                    sequence,
                    slots,
                    queueBound,
                    running,
                    paused,
                    held,
                    new ServiceReport(running + paused + held, mean, variance, leastRunning, mostRunning),
                    attainedByApplication,
                    mode,
                    pausesNotMade,
                    endedByApplication,
                    tally);
        }
    }
}
