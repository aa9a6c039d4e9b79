/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import static io.kairos.eval.daemons.SiteDraft.CORE;
import static io.kairos.eval.daemons.SiteDraft.HDFS;
import static io.kairos.eval.daemons.SiteDraft.MAPREDUCE;
import static io.kairos.eval.daemons.SiteDraft.QUEUES;
import static io.kairos.eval.daemons.SiteDraft.YARN;

import io.kairos.eval.cluster.ClusterSettings;
import io.kairos.eval.cluster.DockerTasks;
import io.kairos.eval.daemons.PortPlan.HdfsPorts;
import io.kairos.eval.daemons.PortPlan.HistoryPorts;
import io.kairos.eval.daemons.PortPlan.NodePorts;
import io.kairos.eval.daemons.PortPlan.ResourceManagerPorts;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.ResourceManagerKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** What stands in the configuration directory of a local cluster, and what a daemon has beside it. */
final class ClusterSites {
    private static final String HOST = "localhost";
    private static final String RM = "yarn.resourcemanager.";
    private static final String NM = "yarn.nodemanager.";
    private static final String QUEUE_PREFIX = "yarn.scheduler.capacity.";
    private static final String SPARK_SHUFFLE_PORT = "spark.shuffle.service.port";
    private static final int LEAST_MEMORY_MB = 128;
    private static final int STOCK_MOST_MEMORY_MB = 8_192;
    private static final Duration QUANTUM = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final DaemonSettings settings;
    private final PortPlan ports;
    private final ClusterFolder folder;
    private final Path libraries;
    private final Path sparkShuffle;
    private final Path home;

    /**
     * @param libraries the folder with the jars of the release
     * @param sparkShuffle that with those of Spark's shuffle service
     * @param home where all that containers read is
     */
    ClusterSites(
            DaemonSettings settings,
            PortPlan ports,
            ClusterFolder folder,
            Path libraries,
            Path sparkShuffle,
            Path home) {
        this.settings = settings;
        this.ports = ports;
        this.folder = folder;
        this.libraries = libraries;
        this.sparkShuffle = sparkShuffle;
        this.home = home;
    }

    /** The files that all daemons and clients share. */
    SiteDraft files() {
        SiteDraft files = new SiteDraft();
        files.set(
                        CORE,
                        "fs.defaultFS",
                        settings.hdfs() ? "hdfs://" + at(ports.hdfs().nameNode()) : "file:///")
                .set(CORE, "hadoop.tmp.dir", folder.data().resolve("tmp"));
        if (settings.hdfs()) {
            hdfs(files);
        }
        resourceManagers(files);
        scheduler(files);
        nodes(files);
        mapReduce(files);
        return files;
    }

    /**
     * What one ResourceManager has beside the files.
     *
     * @param index from 0
     */
    Map<String, String> ofResourceManager(int index) {
        return settings.highAvailability() ? Map.of(RM + "ha.id", id(index)) : Map.of();
    }

    /**
     * What one NodeManager has beside the files: as all are on this host, its ports and folders.
     *
     * @param index from 0
     */
    Map<String, String> ofNode(int index) {
        String name = DaemonPlan.NODE_MANAGER + (index + 1);
        NodePorts own = ports.nodes().get(index);
        Map<String, String> settings = new TreeMap<>();
        settings.put(NM + "address", at(own.containers()));
        settings.put(NM + "localizer.address", at(own.localizer()));
        settings.put(NM + "webapp.address", at(own.web()));
        settings.put(NM + "collector-service.address", at(own.collector()));
        settings.put(NM + "local-dirs", folder.containers(name).toString());
        settings.put(NM + "log-dirs", folder.data(name).resolve("userlogs").toString());
        settings.put(NM + "recovery.dir", folder.data(name).resolve("recovery").toString());
        // Executors look for the service at one port on every host; here that of the first node serves them all.
        settings.put(SPARK_SHUFFLE_PORT, String.valueOf(own.sparkShuffle()));
        settings.put("mapreduce.shuffle.port", String.valueOf(own.mapReduceShuffle()));
        return settings;
    }

    private void nodes(SiteDraft files) {
        // Of one node, so that the files are those of a cluster whose nodes are on hosts of their own.
        ofNode(0).forEach((key, value) -> files.set(key.startsWith("mapreduce.") ? MAPREDUCE : YARN, key, value));
        files.set(YARN, NM + "hostname", HOST)
                .set(YARN, NM + "recovery.enabled", true)
                // A restart in order leaves tasks alone, too.
                .set(YARN, NM + "recovery.supervised", true)
                .set(YARN, NM + "aux-services", "mapreduce_shuffle,spark_shuffle")
                .set(YARN, NM + "aux-services.spark_shuffle.class", "org.apache.spark.network.yarn.YarnShuffleService")
                .set(YARN, NM + "aux-services.spark_shuffle.classpath", sparkShuffle + "/*")
                .set(YARN, NM + "vmem-check-enabled", false)
                // A cluster for trying must not stop because the disk it is on is nearly full.
                .set(YARN, NM + "disk-health-checker.enable", false)
                // What starts Hadoop's own code in a container finds it there.
                .set(YARN, "yarn.application.classpath", libraries + "/*");
    }

    private void hdfs(SiteDraft files) {
        HdfsPorts own = ports.hdfs();
        files.set(HDFS, "dfs.replication", 1)
                .set(
                        HDFS,
                        "dfs.namenode.name.dir",
                        folder.data().resolve("namenode").toUri())
                .set(HDFS, "dfs.namenode.http-address", at(own.nameNodeWeb()))
                .set(HDFS, "dfs.namenode.safemode.extension", 0)
                .set(
                        HDFS,
                        "dfs.datanode.data.dir",
                        folder.data().resolve("datanode").toUri())
                .set(HDFS, "dfs.datanode.address", at(own.data()))
                .set(HDFS, "dfs.datanode.ipc.address", at(own.dataIpc()))
                .set(HDFS, "dfs.datanode.http.address", at(own.dataWeb()));
    }

    private void resourceManagers(SiteDraft files) {
        List<ResourceManagerPorts> all = ports.resourceManagers();
        files.set(YARN, RM + "recovery.enabled", true);
        if (!settings.highAvailability()) {
            addresses(files, all.get(0), "");
            files.set(
                            YARN,
                            RM + "store.class",
                            "org.apache.hadoop.yarn.server.resourcemanager.recovery.FileSystemRMStateStore")
                    .set(
                            YARN,
                            RM + "fs.state-store.uri",
                            folder.data().resolve("state").toUri());
            return;
        }
        files.set(YARN, RM + "ha.enabled", true)
                .set(
                        YARN,
                        RM + "ha.rm-ids",
                        IntStream.range(0, all.size())
                                .mapToObj(ClusterSites::id)
                                .collect(Collectors.joining(",")))
                .set(YARN, RM + "cluster-id", "kairos-local")
                .set(YARN, RM + "store.class", "org.apache.hadoop.yarn.server.resourcemanager.recovery.ZKRMStateStore")
                .set(CORE, "hadoop.zk.address", at(ports.zooKeeper()));
        for (int i = 0; i < all.size(); i++) {
            addresses(files, all.get(i), "." + id(i));
        }
    }

    private static void addresses(SiteDraft files, ResourceManagerPorts own, String suffix) {
        files.set(YARN, RM + "hostname" + suffix, HOST)
                .set(YARN, RM + "address" + suffix, at(own.clients()))
                .set(YARN, RM + "scheduler.address" + suffix, at(own.scheduler()))
                .set(YARN, RM + "resource-tracker.address" + suffix, at(own.tracker()))
                .set(YARN, RM + "admin.address" + suffix, at(own.admin()))
                .set(YARN, RM + "webapp.address" + suffix, at(own.web()))
                .set(YARN, ResourceManagerKeys.REPORT_ADDRESS.name() + suffix, at(own.reports()));
    }

    /** The scheduler's own settings, as the demonstration has them; and the same nodes under each. */
    private void scheduler(SiteDraft files) {
        Configuration chosen = new Configuration(false);
        settings.scheduler()
                .configure(
                        chosen,
                        new ClusterSettings(
                                settings.nodes(),
                                settings.slots(),
                                settings.queueBound(),
                                settings.taskMemoryMb(),
                                DaemonSettings.MASTERS,
                                DaemonSettings.MASTER_MEMORY_MB,
                                HEARTBEAT,
                                QUANTUM,
                                PATIENCE,
                                settings.pauser(),
                                settings.docker()));
        if (settings.docker()) {
            // The folder for temporary files holds the script of emulated tasks.
            DockerTasks.configure(chosen, List.of(home.toString(), System.getProperty("java.io.tmpdir")));
            // Spark's executors read each other's shuffle files where they are on one host, as all nodes are here.
            chosen.set(YarnConfiguration.NM_DOCKER_DEFAULT_RW_MOUNTS, folder.data() + ":" + folder.data());
        }
        chosen.setDouble(QUEUE_PREFIX + "maximum-am-resource-percent", settings.mastersShare());
        chosen.unset(ResourceManagerKeys.REPORT_ADDRESS.name());
        // Also where stock YARN does not read them: whoever replays jobs, or turns Kairos on, finds them here.
        chosen.setInt(NodeManagerKeys.SLOTS.name(), settings.slots());
        chosen.set(
                NodeManagerKeys.DECISION_LOG.name(),
                folder.logs().resolve("decisions").toString());
        // One for the whole cluster, whichever process configures it.
        chosen.set(NodeManagerKeys.CGROUP_PARENT.name(), cgroupParent());
        // FairScheduler alone counts them, also of masters: there it is memory that bounds both, as under the others.
        boolean counted = chosen.get(NM + "resource.cpu-vcores") != null;
        chosen.setInt(
                NM + "resource.cpu-vcores",
                counted ? settings.slots() + settings.nodeMemoryMb() / LEAST_MEMORY_MB : settings.slots());
        chosen.setInt(NM + "resource.memory-mb", settings.nodeMemoryMb());
        chosen.setInt("yarn.scheduler.minimum-allocation-mb", LEAST_MEMORY_MB);
        chosen.setInt("yarn.scheduler.maximum-allocation-mb", Math.max(STOCK_MOST_MEMORY_MB, settings.nodeMemoryMb()));
        for (Map.Entry<String, String> property : chosen) {
            files.set(
                    property.getKey().startsWith(QUEUE_PREFIX) ? QUEUES : YARN, property.getKey(), property.getValue());
        }
    }

    private String cgroupParent() {
        return "kairos-local-" + Integer.toHexString(folder.path().hashCode());
    }

    private void mapReduce(SiteDraft files) {
        HistoryPorts own = ports.history();
        files.set(MAPREDUCE, "mapreduce.framework.name", "yarn")
                .set(MAPREDUCE, "mapreduce.application.classpath", libraries + "/*")
                .set(MAPREDUCE, "mapreduce.jobhistory.address", HOST + ":" + own.clients())
                .set(MAPREDUCE, "mapreduce.jobhistory.admin.address", HOST + ":" + own.admin())
                .set(MAPREDUCE, "mapreduce.jobhistory.webapp.address", HOST + ":" + own.web());
        // Hadoop's own place is a folder in /tmp, which belongs to whoever came first; in HDFS that is this cluster.
        if (!settings.hdfs()) {
            files.set(
                    MAPREDUCE,
                    "yarn.app.mapreduce.am.staging-dir",
                    folder.data().resolve("staging").toUri());
        }
        // The master has a web application too.
        if (!settings.release().javaOptions().isEmpty()) {
            files.set(
                    MAPREDUCE,
                    "yarn.app.mapreduce.am.command-opts",
                    "-Xmx1024m " + String.join(" ", settings.release().javaOptions()));
        }
    }

    private static String id(int index) {
        return "rm" + (index + 1);
    }

    private static String at(int port) {
        return HOST + ":" + port;
    }
}
