/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import io.kairos.yarn.conf.NodeManagerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stock YARN, one ResourceManager and several NodeManagers, in this process. {@link #close} may come from any thread at any
 * time, while it starts too; everything else is one thread's.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int MEMORY_OF_OTHERS_MB = 1;
    private static final String DEFAULTS = "io/kairos/eval/cluster/local-cluster.xml";

    private final MiniYARNCluster cluster;
    private final int nodes;
    private final Configuration configuration;
    private final Path folder;
    private final boolean docker;
    private volatile boolean closed;

    /**
     * A cluster that is not started yet.
     *
     * @param folder an existing folder for the cluster's files and the nodes' decisions
     */
    public LocalCluster(SchedulerKind scheduler, ClusterSettings settings, Path folder) {
        this(
                yarn(settings, folder),
                settings.nodes(),
                configuration(scheduler, settings, folder),
                folder,
                settings.docker());
    }

    LocalCluster(MiniYARNCluster cluster, int nodes, Configuration configuration, Path folder, boolean docker) {
        this.cluster = cluster;
        this.nodes = nodes;
        this.configuration = configuration;
        this.folder = folder;
        this.docker = docker;
    }

    /**
     * Starts the cluster and waits until every node is there. Called once; whatever comes of it, {@link #close} is to follow.
     *
     * @throws IOException it did not come up: why
     * @throws InterruptedException it was closed meanwhile
     */
    public void start() throws IOException, InterruptedException {
        Files.createDirectories(decisions());
        try {
            cluster.init(configuration);
            cluster.start();
        } catch (RuntimeException e) {
            requireOpen();
            throw new IOException(rootMessage(e), e);
        }
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        for (long up = running(); up < nodes; up = running()) {
            requireOpen();
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "only " + up + " of " + nodes + " nodes came up within " + START_LIMIT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        requireOpen();
    }

    private void requireOpen() throws InterruptedException {
        // Not the service's own state: one that fails to start has stopped too.
        if (closed) {
            throw new InterruptedException("the cluster was ended");
        }
    }

    /** How clients reach the cluster, once it is started. */
    public Configuration configuration() {
        return cluster.getConfig();
    }

    /** Where each node writes its decisions, a CSV file a node; empty under a stock scheduler. */
    public Path decisions() {
        return decisions(folder);
    }

    /**
     * Stops the cluster; one that starts, once it has. Quick only once its applications have ended; processes that do not
     * end by then are killed. A cluster that fails to stop is logged: what ran on it is not lost for that.
     */
    @Override
    public void close() {
        closed = true;
        try {
            cluster.stop();
        } catch (RuntimeException e) {
            LOG.error("the cluster in {} did not stop as it should", folder, e);
        } finally {
            // Every container is a descendant of this process, as the nodes are in it. None is frozen: the nodes thawed
            // them.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            if (docker) {
                removeContainers();
            }
        }
    }

    private void removeContainers() {
        try {
            DockerTasks.removeAll(folder);
        } catch (IOException e) {
            LOG.error("containers of the cluster in {} may be left", folder, e);
        }
    }

    private static MiniYARNCluster yarn(ClusterSettings settings, Path folder) {
        // It takes its working folder from this property alone.
        System.setProperty("test.build.data", folder.toAbsolutePath().toString());
        return new MiniYARNCluster("yarn", settings.nodes(), 1, 1);
    }

    private static Configuration configuration(SchedulerKind scheduler, ClusterSettings settings, Path folder) {
        // Executors open the local file system without a configuration of ours.
        Configuration.addDefaultResource(DEFAULTS);
        YarnConfiguration configuration = new YarnConfiguration();
        common(configuration, settings, scheduler.tasksPerNode(settings));
        scheduler.configure(configuration, settings);
        if (settings.docker()) {
            // The folder for temporary files holds the tasks' script.
            DockerTasks.configure(configuration, List.of(System.getProperty("java.io.tmpdir")));
        }
        // The stock place is one for all processes of a user, and ResourceManagers write there.
        configuration.set(
                YarnConfiguration.FS_NODE_ATTRIBUTE_STORE_ROOT_DIR,
                folder.resolve("node-attributes").toUri().toString());
        configuration.set(
                NodeManagerKeys.DECISION_LOG.name(),
                decisions(folder).toAbsolutePath().toString());
        return configuration;
    }

    private static Path decisions(Path folder) {
        return folder.resolve("decisions");
    }

    private static void common(Configuration configuration, ClusterSettings settings, int tasksPerNode) {
        configuration.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, settings.nodeMemoryMb(tasksPerNode));
        configuration.setInt(YarnConfiguration.RM_SCHEDULER_MAXIMUM_ALLOCATION_MB, settings.taskMemoryMb());
        configuration.setInt(YarnConfiguration.NM_VCORES, settings.slots());
        configuration.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, MEMORY_OF_OTHERS_MB);
        configuration.setLong(
                YarnConfiguration.RM_NM_HEARTBEAT_INTERVAL_MS,
                settings.heartbeat().toMillis());
        // A demonstration must not stop because the disk it runs on is nearly full.
        configuration.setBoolean(YarnConfiguration.NM_DISK_HEALTH_CHECK_ENABLE, false);
        configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
        configuration.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, false);
        configuration.setInt(YarnConfiguration.RM_MAX_COMPLETED_APPLICATIONS, 100_000);
        // With these fast heartbeats a busy machine would otherwise make nodes look silent that are only late.
        configuration.setInt(YarnConfiguration.SCHEDULER_SKIP_NODE_MULTIPLIER, 100);
        // A NodeManager that still keeps logs of ended applications takes 17 s to stop.
        configuration.setLong(YarnConfiguration.NM_LOG_RETAIN_SECONDS, 0);
    }

    private long running() {
        return cluster.getResourceManager().getRMContext().getRMNodes().values().stream()
                .filter(node -> node.getState() == NodeState.RUNNING)
                .count();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return "the cluster did not start: " + (message == null ? root.toString() : message);
    }
}
