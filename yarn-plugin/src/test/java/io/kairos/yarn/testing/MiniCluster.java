/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.testing;

import io.kairos.yarn.conf.ResourceManagerKeys;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;

/**
 * A real ResourceManager and real NodeManagers in this process. Applications must be gone before it is closed: close each {@link
 * TestApplication} first, otherwise closing takes most of a minute.
 */
public final class MiniCluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final MiniYARNCluster cluster;
    private final int nodes;

    private MiniCluster(MiniYARNCluster cluster, int nodes) {
        this.cluster = cluster;
        this.nodes = nodes;
    }

    /**
     * Settings for a small cluster: small containers, fast heartbeats, a free port for load reports. Callers add what they test,
     * the scheduler class included.
     */
    public static Configuration configuration() {
        YarnConfiguration configuration = new YarnConfiguration();
        // The stock place is one for all processes of a user, and ResourceManagers write there.
        configuration.set(
                YarnConfiguration.FS_NODE_ATTRIBUTE_STORE_ROOT_DIR,
                Path.of("target", "node-attributes-" + ProcessHandle.current().pid())
                        .toUri()
                        .toString());
        configuration.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 64);
        configuration.setInt(YarnConfiguration.RM_SCHEDULER_MAXIMUM_ALLOCATION_MB, 16_384);
        configuration.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, 16_384);
        configuration.setInt(YarnConfiguration.NM_VCORES, 3);
        configuration.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, false);
        configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
        configuration.setInt(YarnConfiguration.NM_CONTAINER_MON_INTERVAL_MS, 60_000);
        configuration.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 99.9f);
        configuration.setLong(YarnConfiguration.RM_NM_HEARTBEAT_INTERVAL_MS, 100);
        // On a busy machine a heartbeat is soon late by two intervals, and a late node is passed over.
        configuration.setInt(YarnConfiguration.SCHEDULER_SKIP_NODE_MULTIPLIER, 100);
        configuration.setLong(YarnConfiguration.NM_SLEEP_DELAY_BEFORE_SIGKILL_MS, 50);
        configuration.setBoolean(YarnConfiguration.TIMELINE_SERVICE_ENABLED, false);
        // A NodeManager that still keeps logs of ended applications takes 17 s to stop.
        configuration.setLong(YarnConfiguration.NM_LOG_RETAIN_SECONDS, 0);
        configuration.set("yarn.scheduler.capacity.root.queues", "default");
        configuration.set("yarn.scheduler.capacity.root.default.capacity", "100");
        configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
        configuration.set("yarn.scheduler.capacity.root.default.user-limit-factor", "100");
        configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), "localhost:" + freePort());
        return configuration;
    }

    /** Starts it and waits until all NodeManagers are registered. */
    public static MiniCluster start(String name, Configuration configuration, int nodes) throws Exception {
        MiniYARNCluster cluster = new MiniYARNCluster(name, nodes, 1, 1);
        try {
            cluster.init(configuration);
            cluster.start();
            if (!cluster.waitForNodeManagersToConnect(START_LIMIT.toMillis())) {
                throw new IllegalStateException("not all of " + nodes + " NodeManagers registered in " + START_LIMIT);
            }
        } catch (Exception e) {
            cluster.stop();
            throw e;
        }
        return new MiniCluster(cluster, nodes);
    }

    /** The configuration clients connect with; it holds the ports the daemons chose. */
    public Configuration clientConfiguration() {
        return cluster.getConfig();
    }

    public ResourceManager resourceManager() {
        return cluster.getResourceManager();
    }

    public NodeManager nodeManager(int node) {
        return cluster.getNodeManager(node);
    }

    /** The NodeManagers' ids, in the order in which they were started. */
    public List<NodeId> nodes() {
        return IntStream.range(0, nodes)
                .mapToObj(node -> cluster.getNodeManager(node).getNMContext().getNodeId())
                .toList();
    }

    @Override
    public void close() {
        cluster.stop();
    }

    /** A port outside the range from which the system hands out ports by itself, so that nobody takes it meanwhile. */
    public static int freePort() {
        SplittableRandom random = new SplittableRandom();
        for (int tries = 0; tries < 1_000; tries++) {
            int port = random.nextInt(10_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: try another one.
                continue;
            }
        }
        throw new IllegalStateException("no free port between 10000 and 32000");
    }
}
