/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.daemons;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The daemons of a local cluster and their command lines, in the order in which they are started. */
final class DaemonPlan {
    private static final String YARN = "org.apache.hadoop.yarn.server.";
    private static final String HDFS = "org.apache.hadoop.hdfs.server.";
    private static final String HISTORY = "org.apache.hadoop.mapreduce.v2.hs.JobHistoryServer";
    private static final String ZOOKEEPER = "org.apache.zookeeper.server.ZooKeeperServerMain";

    static final String NAME_NODE = "namenode";
    private static final String DATA_NODE = "datanode";
    static final String HISTORY_SERVER = "historyserver";
    private static final String ZOO_KEEPER = "zookeeper";
    private static final String RESOURCE_MANAGER = "resourcemanager";
    static final String NODE_MANAGER = "nodemanager";

    /** In waves, each of which is asked to end once the one before has. */
    private static final List<String> LAST = List.of(NODE_MANAGER, HISTORY_SERVER, DATA_NODE, NAME_NODE, ZOO_KEEPER);

    private final DaemonSettings settings;
    private final ClusterFolder folder;
    private final String classPath;

    /** @param libraries the folder with the jars of the release */
    DaemonPlan(DaemonSettings settings, ClusterFolder folder, Path libraries) {
        this.settings = settings;
        this.folder = folder;
        classPath = Stream.of(
                        folder.configuration(), folder.plugins().resolve("*"), webFolders(), libraries.resolve("*"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** All daemons, none of them started yet. */
    List<Daemon> daemons(PortPlan ports, ClusterSites sites) {
        List<Daemon> daemons = new ArrayList<>();
        if (settings.highAvailability()) {
            String data = folder.data(ZOO_KEEPER).toString();
            daemons.add(java(ZOO_KEEPER, "256m", ZOOKEEPER, List.of(String.valueOf(ports.zooKeeper()), data)));
        }
        if (settings.hdfs()) {
            daemons.add(java(NAME_NODE, "256m", HDFS + "namenode.NameNode", List.of()));
            daemons.add(java(DATA_NODE, "256m", HDFS + "datanode.DataNode", List.of()));
        }
        int managers = ports.resourceManagers().size();
        for (int i = 0; i < managers; i++) {
            String name = managers == 1 ? RESOURCE_MANAGER : RESOURCE_MANAGER + (i + 1);
            daemons.add(
                    java(name, "512m", YARN + "resourcemanager.ResourceManager", options(sites.ofResourceManager(i))));
        }
        for (int i = 0; i < settings.nodes(); i++) {
            String name = NODE_MANAGER + (i + 1);
            Map<String, String> own = sites.ofNode(i);
            daemons.add(java(name, "320m", YARN + "nodemanager.NodeManager", options(own)));
        }
        daemons.add(java(HISTORY_SERVER, "256m", HISTORY, List.of()));
        return daemons;
    }

    /** What formats the NameNode's folder; to be run to its end before that daemon starts. */
    Daemon formatting() {
        return java("format", "256m", HDFS + "namenode.NameNode", List.of("-format", "-nonInteractive", "-force"));
    }

    private static List<String> options(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                .toList();
    }

    private Daemon java(String name, String heap, String mainClass, List<String> arguments) {
        String mark = "-Dkairos.daemon=" + folder.data(name);
        List<String> command = new ArrayList<>(List.of("setsid", Daemon.javaProgram(), mark, "-Xmx" + heap));
        // Small machines start many of them at once: few compiler and collector threads.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(settings.release().javaOptions());
        command.add("-Dlog4j.configuration=" + logSettings().toUri());
        command.add("-Dhadoop.log.dir=" + folder.logs());
        // ZooKeeper's page for admins has a port that others like, 8080, and without that port ZooKeeper ends.
        command.add("-Dzookeeper.admin.enableServer=false");
        command.add(mainClass);
        command.addAll(arguments);
        return new Daemon(
                name,
                mark,
                List.copyOf(command),
                Map.of(
                        "CLASSPATH", classPath,
                        "HADOOP_CONF_DIR", folder.configuration().toString(),
                        "JAVA_HOME", System.getProperty("java.home")),
                folder.logs().resolve(name + ".log").toString(),
                0);
    }

    /** Writes what daemons need beside their configuration. */
    void prepare() throws IOException {
        Files.createDirectories(folder.plugins());
        // The published jars of HDFS hold none of its web pages, without whose folders its daemons do not start.
        for (String name : List.of("hdfs", "datanode", "static", "secondary")) {
            Files.createDirectories(webFolders().resolve("webapps").resolve(name));
        }
        LogSettings.writeForDaemons(logSettings());
    }

    private Path webFolders() {
        return folder.data().resolve("web");
    }

    private Path logSettings() {
        return folder.data().resolve("log4j.properties");
    }

    /** Those that start containers, which are to end first. */
    static List<Daemon> resourceManagers(List<Daemon> daemons) {
        return ofKind(RESOURCE_MANAGER, daemons);
    }

    /** All others in groups, to be ended one group after the other. */
    static List<List<Daemon>> waves(List<Daemon> daemons) {
        return LAST.stream().map(kind -> ofKind(kind, daemons)).toList();
    }

    private static List<Daemon> ofKind(String kind, List<Daemon> daemons) {
        return daemons.stream().filter(daemon -> daemon.name().startsWith(kind)).toList();
    }

    /** Which ResourceManager it is, from 0; -1 if it is none. */
    static int managerIndex(Daemon daemon) {
        if (!daemon.name().startsWith(RESOURCE_MANAGER)) {
            return -1;
        }
        String number = daemon.name().substring(RESOURCE_MANAGER.length());
        return number.isEmpty() ? 0 : Integer.parseInt(number) - 1;
    }
}
