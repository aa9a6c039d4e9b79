/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import io.kairos.yarn.conf.ResourceManagerKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.sls.conf.SLSConfiguration;

/** The schedulers that are compared: all with the same queues and, beyond them, as they come. */
enum SchedulerInSimulator {
    /** Places in the heartbeats of nodes, as up to Hadoop 3.4. */
    CAPACITY(SimulatedCapacityScheduler.class),
    /** Places in threads of its own, as from Hadoop 3.5 on. */
    CAPACITY_ASYNC(SimulatedCapacityScheduler.class),
    KAIROS(SimulatedKairosScheduler.class);

    /** Those of the workload. */
    private static final List<String> QUEUES = List.of("sales", "science");

    private static final String CAPACITY_PREFIX = "yarn.scheduler.capacity.";
    private static final int NODE_VCORES = 4;
    private static final int NODE_MB = 4_096;

    private final Class<? extends SimulatedScheduler> type;

    SchedulerInSimulator(Class<? extends SimulatedScheduler> type) {
        this.type = type;
    }

    /** The name in tables. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SchedulerInSimulator labelled(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown scheduler '" + label + "'"));
    }

    void configure(Configuration configuration) {
        configuration.set(YarnConfiguration.RM_SCHEDULER, type.getName());
        String anyPort = "127.0.0.1:0";
        for (String key : List.of(
                YarnConfiguration.RM_ADDRESS,
                YarnConfiguration.RM_ADMIN_ADDRESS,
                YarnConfiguration.RM_SCHEDULER_ADDRESS,
                YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
                YarnConfiguration.RM_WEBAPP_ADDRESS,
                ResourceManagerKeys.REPORT_ADDRESS.name())) {
            configuration.set(key, anyPort);
        }
        // Else each container's token would ask the name server for its node.
        configuration.setBoolean("hadoop.security.token.service.use_ip", false);
        configuration.setBoolean(CAPACITY_PREFIX + "schedule-asynchronously.enable", this == CAPACITY_ASYNC);
        queues(configuration);
        simulator(configuration);
    }

    /** Queues that share the cluster, each of which may use all of it. */
    private static void queues(Configuration configuration) {
        configuration.set(CAPACITY_PREFIX + "root.queues", String.join(",", QUEUES));
        for (String queue : QUEUES) {
            String prefix = CAPACITY_PREFIX + "root." + queue + ".";
            configuration.setInt(prefix + "capacity", 100 / QUEUES.size());
            configuration.setInt(prefix + "maximum-capacity", 100);
            configuration.setInt(prefix + "user-limit-factor", 100);
        }
        configuration.set(CAPACITY_PREFIX + "maximum-am-resource-percent", "1.0");
    }

    private static void simulator(Configuration configuration) {
        configuration.set(SLSConfiguration.AM_TYPE_PREFIX + "mapreduce", SimulatedJob.class.getName());
        configuration.setInt(SLSConfiguration.NM_MEMORY_MB, NODE_MB);
        configuration.setInt(SLSConfiguration.NM_VCORES, NODE_VCORES);
        configuration.setBoolean(SLSConfiguration.METRICS_SWITCH, false);
        // The names of its nodes are nowhere to be found: it need not be tried again.
        configuration.setBoolean(SLSConfiguration.DNS_CACHING_ENABLED, true);
    }
}
