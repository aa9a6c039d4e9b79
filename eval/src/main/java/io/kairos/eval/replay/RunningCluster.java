/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.conf.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * A YARN that runs, as its configuration directory and its ResourceManager tell of it.
 *
 * @param configuration all of its files
 * @param nodes that run
 * @param nodeMemoryMb of the smallest
 * @param slots N, of each
 */
public record RunningCluster(Configuration configuration, int nodes, long nodeMemoryMb, int slots) {
    private static final List<String> FILES =
            List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml", "capacity-scheduler.xml");
    private static final String KAIROS = "io.kairos.yarn.rm.KairosScheduler";
    private static final String ENFORCE = "enforce";
    private static final int PATIENCE_MS = 15_000;
    private static final int RESTART_PATIENCE_MS = 120_000;

    /**
     * Asks the ResourceManager.
     *
     * @throws IllegalArgumentException one line: no such directory, or its values are wrong
     * @throws IOException one line: no ResourceManager answers, or there are no nodes to replay on
     */
    public static RunningCluster at(Path folder) throws IOException {
        requireConfiguration(folder);
        Configuration configuration = configuration(folder);
        List<NodeReport> nodes = nodes(folder, configuration);
        if (nodes.isEmpty()) {
            throw new IOException("the cluster of " + folder + " has no node that runs: expected one at least");
        }
        return new RunningCluster(
                configuration,
                nodes.size(),
                nodes.stream()
                        .mapToLong(node -> node.getCapability().getMemorySize())
                        .min()
                        .orElse(0),
                slots(configuration, nodes));
    }

    private static Configuration configuration(Path folder) {
        Configuration configuration = new YarnConfiguration();
        for (String name : FILES) {
            Path file = folder.resolve(name);
            if (Files.isReadable(file)) {
                configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
                try {
                    configuration.size(); // reads it
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException(
                            "--conf " + file + ": expected the XML of a Hadoop configuration: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""),
                            e);
                }
            }
        }
        // One that restarts is back by then; Hadoop itself waits a quarter of an hour for one that was taken down.
        configuration.setInt(YarnConfiguration.RESOURCEMANAGER_CONNECT_MAX_WAIT_MS, RESTART_PATIENCE_MS);
        return configuration;
    }

    /** @throws IllegalArgumentException one line: this is no configuration directory */
    public static Path requireConfiguration(Path folder) {
        if (!Files.isReadable(folder.resolve("yarn-site.xml"))) {
            throw new IllegalArgumentException(
                    "--conf " + folder + ": expected a folder with the cluster's yarn-site.xml");
        }
        return folder;
    }

    private static int slots(Configuration configuration, List<NodeReport> nodes) {
        try {
            Optional<Integer> set = NodeManagerKeys.SLOTS.read(configuration);
            return set.orElseGet(() -> nodes.get(0).getCapability().getVirtualCores());
        } catch (SettingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** For a client that gives up after seconds. */
    static Configuration hasty(Configuration configuration) {
        Configuration hasty = new YarnConfiguration(configuration);
        hasty.setInt(YarnConfiguration.RESOURCEMANAGER_CONNECT_MAX_WAIT_MS, PATIENCE_MS);
        hasty.setInt(CommonConfigurationKeysPublic.IPC_CLIENT_CONNECT_MAX_RETRIES_KEY, 2);
        return hasty;
    }

    private static List<NodeReport> nodes(Path folder, Configuration configuration) throws IOException {
        YarnClient client = YarnClient.createYarnClient();
        client.init(hasty(configuration));
        client.start();
        try {
            return client.getNodeReports(NodeState.RUNNING);
        } catch (IOException | YarnException e) {
            throw new IOException(
                    "no ResourceManager of " + folder + " answers: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        } finally {
            client.stop();
        }
    }

    /** The name of its scheduler among those that are compared. */
    public String scheduler() {
        String scheduler = configuration.get(YarnConfiguration.RM_SCHEDULER, "");
        if (isKairos()) {
            String mode = ResourceManagerKeys.MODE.read(configuration);
            return ResourceManagerKeys.POLICY.read(configuration) + (mode.equals(ENFORCE) ? "" : "-" + mode);
        }
        if (scheduler.endsWith(".FairScheduler")) {
            return "fair";
        }
        String ordering = configuration.get("yarn.scheduler.capacity.root.default.ordering-policy", "fifo");
        return ordering.equals("fair") ? "capacity" : "fifo";
    }

    private boolean isKairos() {
        return configuration.get(YarnConfiguration.RM_SCHEDULER, "").equals(KAIROS);
    }

    private boolean pauses() {
        return isKairos() && ResourceManagerKeys.MODE.read(configuration).equals(ENFORCE);
    }

    /** What a run on it runs on and under. */
    public RunTerms terms(long seed) {
        return new RunTerms(
                scheduler(),
                seed,
                nodes,
                slots,
                pauses() ? queueBound() : null,
                pauses() ? NodeManagerKeys.QUANTUM.read(configuration).toMillis() / 1000.0 : null,
                pauses() ? NodeManagerKeys.PAUSER.read(configuration) : null,
                configuration.get(YarnConfiguration.LINUX_CONTAINER_RUNTIME_TYPE, "default"));
    }

    private int queueBound() {
        return ResourceManagerKeys.QUEUE_BOUND.read(configuration);
    }

    /** Where its nodes write their decisions, if they are nodes of Kairos on this host. */
    public Optional<Path> decisions() {
        return pauses()
                ? NodeManagerKeys.DECISION_LOG.read(configuration).filter(Files::isDirectory)
                : Optional.empty();
    }

    /** Tasks that a node takes at a time: N, or N + Q. */
    private int tasksPerNode() {
        return isKairos() ? slots + queueBound() : slots;
    }

    /**
     * Makes sure that nodes hold as many tasks as they may have.
     *
     * @throws IllegalArgumentException one line: they have not enough memory
     */
    public void requireRoom(int taskMemoryMb) {
        if (nodeMemoryMb / taskMemoryMb < tasksPerNode()) {
            throw new IllegalArgumentException("nodes of " + nodeMemoryMb + " MB hold " + nodeMemoryMb / taskMemoryMb
                    + " tasks of " + taskMemoryMb + " MB, which the jobs ask for: expected room for " + tasksPerNode()
                    + ", as 'cluster up --task-memory " + taskMemoryMb + "' gives");
        }
    }

    /** Memory of an emulated task, so that a node's holds just the tasks that it may have at a time. */
    public int taskMemoryMb() {
        long share = nodeMemoryMb / tasksPerNode();
        int least = configuration.getInt(
                YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB,
                YarnConfiguration.DEFAULT_RM_SCHEDULER_MINIMUM_ALLOCATION_MB);
        int most = configuration.getInt(
                YarnConfiguration.RM_SCHEDULER_MAXIMUM_ALLOCATION_MB,
                YarnConfiguration.DEFAULT_RM_SCHEDULER_MAXIMUM_ALLOCATION_MB);
        if (share < least || share > most) {
            throw new IllegalArgumentException("nodes of " + nodeMemoryMb + " MB for " + tasksPerNode()
                    + " tasks: expected a share from " + least + " to " + most
                    + " MB, the least and the most that this cluster's scheduler allocates");
        }
        return (int) (share - share % Math.max(1, least));
    }
}
