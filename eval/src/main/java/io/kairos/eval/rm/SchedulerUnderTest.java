/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import io.kairos.yarn.conf.Policy;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.fair.FairScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler;

/** The schedulers that are compared, each with the settings it is measured with. */
enum SchedulerUnderTest {
    KAIROS(true),
    /** With the job-aware policy. */
    KAIROS_JOB(true),
    /** As it is by default but for asynchronous scheduling: one container of no preferred node a heartbeat. */
    CAPACITY(false),
    /** Many containers a heartbeat. */
    CAPACITY_100(false),
    /** A thread of its own that walks the nodes without a rest. */
    CAPACITY_ASYNC(true),
    /** Many containers a heartbeat. */
    FAIR(false),
    FIFO(false);

    static final int QUEUES = 4;

    private static final String CAPACITY_PREFIX = "yarn.scheduler.capacity.";

    private final boolean hasThread;

    SchedulerUnderTest(boolean hasThread) {
        this.hasThread = hasThread;
    }

    /** The name in tables and on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is none; the message lists the names */
    static SchedulerUnderTest named(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown scheduler '" + label + "', expected one of "
                        + Arrays.stream(values()).map(SchedulerUnderTest::label).collect(Collectors.joining(", "))));
    }

    /** Whether it places in a thread of its own, not in heartbeats. */
    boolean hasThread() {
        return hasThread;
    }

    /** The full name of one of its queues. */
    String queue(int number) {
        return this == FIFO ? "default" : this == FAIR ? "root.q" + number % QUEUES : "q" + number % QUEUES;
    }

    /** @param folder an existing folder for what it reads from files */
    void configure(Configuration configuration, Path folder) throws IOException {
        switch (this) {
            case KAIROS, KAIROS_JOB -> {
                configuration.set(YarnConfiguration.RM_SCHEDULER, MeasuredKairosScheduler.class.getName());
                configuration.set(
                        ResourceManagerKeys.POLICY.name(),
                        (this == KAIROS_JOB ? Policy.KAIROS_JOB : Policy.KAIROS).toString());
                configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), "127.0.0.1:0");
                queues(configuration);
            }
            case CAPACITY, CAPACITY_100, CAPACITY_ASYNC -> {
                configuration.set(YarnConfiguration.RM_SCHEDULER, CapacityScheduler.class.getName());
                configuration.setInt(
                        CAPACITY_PREFIX + "per-node-heartbeat.maximum-offswitch-assignments",
                        this == CAPACITY_100 ? 100 : 1);
                configuration.setBoolean(CAPACITY_PREFIX + "schedule-asynchronously.enable", this == CAPACITY_ASYNC);
                configuration.setInt(CAPACITY_PREFIX + "schedule-asynchronously.scheduling-interval-ms", 0);
                queues(configuration);
            }
            case FAIR -> {
                configuration.set(YarnConfiguration.RM_SCHEDULER, FairScheduler.class.getName());
                configuration.setBoolean("yarn.scheduler.fair.assignmultiple", true);
                configuration.setBoolean("yarn.scheduler.fair.dynamic.max.assign", false);
                configuration.set("yarn.scheduler.fair.allocation.file", allocations(folder));
            }
            case FIFO -> configuration.set(YarnConfiguration.RM_SCHEDULER, FifoScheduler.class.getName());
        }
    }

    /** Queues that share the cluster, each of which may use all of it. */
    static void queues(Configuration configuration) {
        StringBuilder names = new StringBuilder();
        for (int queue = 0; queue < QUEUES; queue++) {
            String prefix = CAPACITY_PREFIX + "root.q" + queue + ".";
            names.append(queue == 0 ? "" : ",").append('q').append(queue);
            configuration.setInt(prefix + "capacity", 100 / QUEUES);
            configuration.setInt(prefix + "maximum-capacity", 100);
            configuration.setInt(prefix + "user-limit-factor", 100);
        }
        configuration.set(CAPACITY_PREFIX + "root.queues", names.toString());
        configuration.set(CAPACITY_PREFIX + "maximum-am-resource-percent", "1.0");
    }

    private static String allocations(Path folder) throws IOException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<allocations>\n");
        for (int queue = 0; queue < QUEUES; queue++) {
            xml.append("  <queue name=\"q").append(queue).append("\"><weight>1</weight></queue>\n");
        }
        xml.append("  <queueMaxAMShareDefault>-1.0</queueMaxAMShareDefault>\n</allocations>\n");
        return Files.writeString(folder.resolve("fair-scheduler.xml"), xml)
                .toAbsolutePath()
                .toString();
    }
}
