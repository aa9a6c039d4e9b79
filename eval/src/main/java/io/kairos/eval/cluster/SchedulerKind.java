/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import io.kairos.yarn.conf.Policy;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** The schedulers a local cluster can run. Stock ones get N tasks a node at a time, as a stock cluster gives. */
public enum SchedulerKind {
    /** CapacityScheduler with a single queue, jobs in order of submission, no preemption. */
    FIFO("fifo") {
        @Override
        public void configure(Configuration configuration, ClusterSettings settings) {
            StockSettings.capacityScheduler(configuration, "fifo");
        }
    },
    /** CapacityScheduler with a single queue that shares it fairly between the jobs, no preemption. */
    CAPACITY("capacity") {
        @Override
        public void configure(Configuration configuration, ClusterSettings settings) {
            StockSettings.capacityScheduler(configuration, "fair");
        }
    },
    /** FairScheduler with a single queue, no preemption. */
    FAIR("fair") {
        @Override
        public void configure(Configuration configuration, ClusterSettings settings) {
            StockSettings.fairScheduler(configuration, settings);
        }
    },
    /** Kairos as published. */
    KAIROS("kairos") {
        @Override
        public void configure(Configuration configuration, ClusterSettings settings) {
            KairosSettings.configure(configuration, settings, Policy.KAIROS);
        }

        @Override
        public boolean pauses() {
            return true;
        }
    },
    /** Kairos with the job-aware policy. */
    KAIROS_JOB("kairos-job") {
        @Override
        public void configure(Configuration configuration, ClusterSettings settings) {
            KairosSettings.configure(configuration, settings, Policy.KAIROS_JOB);
        }

        @Override
        public boolean pauses() {
            return true;
        }
    };

    private final String label;

    SchedulerKind(String label) {
        this.label = label;
    }

    /** Sets the scheduler and what goes with it, on the ResourceManager and on the nodes. */
    public abstract void configure(Configuration configuration, ClusterSettings settings);

    /** Whether it takes more tasks on a node than run, and pauses some. */
    public boolean pauses() {
        return false;
    }

    /** Tasks a node takes at a time. */
    public int tasksPerNode(ClusterSettings settings) {
        return pauses() ? settings.slots() + settings.queueBound() : settings.slots();
    }

    /** The name by which users choose it. */
    public String label() {
        return label;
    }

    /**
     * The scheduler of that name.
     *
     * @throws IllegalArgumentException one line that lists the known names
     */
    public static SchedulerKind named(String name) {
        for (SchedulerKind kind : values()) {
            if (kind.label.equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("scheduler '" + name + "' is unknown: expected one of "
                + Arrays.stream(values()).map(SchedulerKind::label).collect(Collectors.joining(", ")));
    }
}
