/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import io.kairos.eval.doctor.site.ClassPath;
import io.kairos.eval.doctor.site.ClassPathReader;
import io.kairos.eval.doctor.site.DockerDaemon;
import io.kairos.eval.doctor.site.Host;
import io.kairos.eval.doctor.site.Known;
import io.kairos.eval.doctor.site.SiteException;
import io.kairos.eval.doctor.site.SiteFiles;
import io.kairos.eval.doctor.site.SparkDefaults;
import io.kairos.yarn.Version;
import io.kairos.yarn.nm.KairosContainerExecutor;
import io.kairos.yarn.nm.KairosContainersLauncher;
import io.kairos.yarn.nm.docker.KairosDockerContainerExecutor;
import io.kairos.yarn.rm.KairosScheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A site in good order, as real files below a folder, until a test changes it. Not thread-safe. */
final class TestSite {
    static final String YARN = SiteFiles.YARN;
    static final String CORE = SiteFiles.CORE;
    static final String MAPRED = SiteFiles.MAPRED;
    static final String QUEUES = SiteFiles.QUEUES;

    final Path conf;
    final Path lib;
    final Path project;
    final Map<String, Map<String, String>> files = new TreeMap<>();

    /** What stands above the other properties of yarn-site.xml, as it is written. */
    final List<String> first = new ArrayList<>();

    final Map<String, String> spark = new LinkedHashMap<>();
    final List<String> script = new ArrayList<>();
    String daemonJson = "{\"live-restore\": true}";
    boolean isNode = true;
    boolean knowsClassPath = true;
    boolean knowsSpark = true;
    final TestHost host = new TestHost();
    final TestCluster cluster = new TestCluster();

    TestSite(Path folder) throws IOException {
        conf = Files.createDirectories(folder.resolve("conf"));
        lib = Files.createDirectories(folder.resolve("yarn/lib"));
        project = folder.resolve("project");
        Path built = Files.createDirectories(project.resolve("yarn-plugin/target"));
        jar(built.resolve("yarn-plugin-" + Version.text() + "-plugin.jar"), Version.text(), true);
        jar(lib.resolve("yarn-plugin-" + Version.text() + "-plugin.jar"), Version.text(), true);
        hadoopJar("3.5.0");
        files.put(
                YARN,
                properties(
                        "yarn.resourcemanager.hostname", "rm.example.org",
                        "yarn.resourcemanager.scheduler.class", KairosScheduler.class.getName(),
                        "yarn.nodemanager.container-executor.class", KairosContainerExecutor.class.getName(),
                        "yarn.nodemanager.containers-launcher.class", KairosContainersLauncher.class.getName(),
                        "yarn.nodemanager.address", "0.0.0.0:8041",
                        "yarn.nodemanager.recovery.enabled", "true",
                        "yarn.nodemanager.recovery.supervised", "true",
                        "yarn.nodemanager.recovery.dir", "/var/lib/hadoop-yarn/nm-recovery",
                        "yarn.nodemanager.resource.memory-mb", "16384",
                        "yarn.nodemanager.resource.cpu-vcores", "4",
                        "yarn.nodemanager.vmem-check-enabled", "false",
                        "yarn.nodemanager.aux-services", "mapreduce_shuffle,spark_shuffle",
                        "yarn.nodemanager.aux-services.spark_shuffle.class",
                                "org.apache.spark.network.yarn.YarnShuffleService",
                        "yarn.nodemanager.aux-services.spark_shuffle.classpath", "/opt/spark/yarn/*",
                        "yarn.resourcemanager.recovery.enabled", "true",
                        "yarn.resourcemanager.fs.state-store.uri", "hdfs://nn.example.org/rmstore"));
        files.put(CORE, properties("fs.defaultFS", "hdfs://nn.example.org"));
        files.put(
                MAPRED,
                properties(
                        "mapreduce.framework.name", "yarn",
                        "mapreduce.map.speculative", "false",
                        "mapreduce.reduce.speculative", "false"));
        files.put(
                QUEUES,
                properties(
                        "yarn.scheduler.capacity.root.queues", "default,production",
                        "yarn.scheduler.capacity.root.default.capacity", "50",
                        "yarn.scheduler.capacity.root.production.capacity", "50",
                        "yarn.scheduler.capacity.root.production.kairos.weight", "2",
                        "yarn.scheduler.capacity.maximum-am-resource-percent", "0.5"));
        spark.put("spark.executor.memory", "1g");
        spark.put("spark.shuffle.service.enabled", "true");
        spark.put("spark.dynamicAllocation.enabled", "true");
    }

    private static Map<String, String> properties(String... keysAndValues) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    /** With the executor that starts Docker containers. */
    TestSite docker() {
        return set(YARN, "yarn.nodemanager.container-executor.class", KairosDockerContainerExecutor.class.getName())
                .set(YARN, "yarn.nodemanager.kairos.docker.allowed-images", "spark:3.5");
    }

    /** With two ResourceManagers. */
    TestSite highlyAvailable() {
        return set(YARN, "yarn.resourcemanager.ha.enabled", "true")
                .set(YARN, "yarn.resourcemanager.ha.rm-ids", "rm1,rm2")
                .set(YARN, "yarn.resourcemanager.hostname.rm1", "rm1.example.org")
                .set(YARN, "yarn.resourcemanager.hostname.rm2", "rm2.example.org")
                .set(YARN, "yarn.resourcemanager.cluster-id", "yarn-cluster");
    }

    /** With another Hadoop everywhere. */
    TestSite hadoop(String version) throws IOException {
        try (var jars = Files.newDirectoryStream(lib.getParent(), "hadoop-*.jar")) {
            for (Path jar : jars) {
                Files.delete(jar);
            }
        }
        hadoopJar(version);
        cluster.hadoop = version;
        cluster.nodeHadoop = version;
        return this;
    }

    private void hadoopJar(String version) throws IOException {
        jar(lib.resolveSibling("hadoop-yarn-server-resourcemanager-" + version + ".jar"), "", false);
    }

    TestSite set(String file, String key, String value) {
        files.computeIfAbsent(file, any -> new LinkedHashMap<>()).put(key, value);
        return this;
    }

    TestSite yarn(String key, String value) {
        return set(YARN, key, value);
    }

    TestSite unset(String file, String... keys) {
        for (String key : keys) {
            files.getOrDefault(file, Map.of()).remove(key);
        }
        return this;
    }

    /** A jar; one of Kairos if it has a version. */
    static void jar(Path file, String version, boolean whole) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
            if (!version.isEmpty()) {
                entry(jar, "io/kairos/yarn/rm/KairosScheduler.class", "");
                entry(jar, Version.RESOURCE, "version=" + version);
            }
            if (whole) {
                entry(jar, "io/kairos/central/PlacementOrder.class", "");
            }
            entry(jar, "any", "");
        }
    }

    private static void entry(ZipOutputStream jar, String name, String text) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(text.getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
    }

    /** Writes the files and reads them as the command does. */
    Patient patient() throws IOException, SiteException {
        for (String name : List.of(YARN, CORE, MAPRED, QUEUES, SiteFiles.POLICY)) {
            Path file = conf.resolve(name);
            if (files.containsKey(name)) {
                Files.writeString(file, xml(files.get(name), name.equals(YARN) ? first : List.of()));
            } else {
                Files.deleteIfExists(file);
            }
        }
        Files.write(conf.resolve(SiteFiles.YARN_SCRIPT), script);
        Path sparkFile = conf.resolve("spark-defaults.conf");
        Files.write(
                sparkFile,
                spark.entrySet().stream()
                        .map(line -> line.getKey() + " " + line.getValue())
                        .toList());
        Path daemon = Files.writeString(conf.resolve("daemon.json"), daemonJson);
        Known<Host> node = isNode ? Known.of(host.build()) : Known.not("--no-node");
        Known<ClassPath> classPath = knowsClassPath
                ? Known.of(ClassPathReader.of("--class-path", lib + "/*:" + lib.getParent() + "/*"))
                : Known.not("no --class-path");
        return new Patient(
                SiteFiles.read(
                        conf,
                        knowsSpark ? Known.of(SparkDefaults.read(sparkFile)) : Known.not("no --spark-defaults"),
                        Known.of(DockerDaemon.read(daemon))),
                classPath,
                node,
                cluster.build(),
                cluster.named);
    }

    private static String xml(Map<String, String> properties, List<String> first) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
        first.forEach(line -> text.append(line).append('\n'));
        properties.forEach((key, value) -> text.append("<property><name>")
                .append(key)
                .append("</name><value>")
                .append(value.replace("&", "&amp;").replace("<", "&lt;"))
                .append("</value></property>\n"));
        return text.append("</configuration>\n").toString();
    }
}
