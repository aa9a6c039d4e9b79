/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import io.kairos.eval.doctor.site.Host.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** At least one fault for each rule. */
final class Faults {
    private static final String RM = "yarn.resourcemanager.kairos.";
    private static final String NM = "yarn.nodemanager.kairos.";
    private static final String QUEUE = "yarn.scheduler.capacity.";
    private static final String SCHEDULER = "yarn.resourcemanager.scheduler.class";
    private static final String EXECUTOR = "yarn.nodemanager.container-executor.class";
    private static final String SPARK_CLASS = "yarn.nodemanager.aux-services.spark_shuffle.class";
    private static final String SPARK_PATH = "yarn.nodemanager.aux-services.spark_shuffle.classpath";
    private static final String LAUNCHER = "yarn.nodemanager.containers-launcher.class";
    private static final String LINUX = "io.kairos.yarn.nm.docker.KairosLinuxContainerExecutor";
    private static final String STORE = "org.apache.hadoop.yarn.server.resourcemanager.recovery.";

    private final List<Fault> all = new ArrayList<>();

    static List<Fault> all() {
        Faults faults = new Faults();
        faults.classes();
        faults.versions();
        faults.keys();
        faults.queues();
        faults.values();
        faults.stockSettings();
        faults.nodeRestarts();
        faults.resourceManagers();
        faults.memoryAndProcessors();
        faults.pausers();
        faults.dockerEngine();
        faults.dockerImages();
        faults.dockerUsers();
        faults.applications();
        faults.reports();
        faults.runningNodes();
        return faults.all;
    }

    private void add(String rule, Fault.Injection injection) {
        all.add(Fault.of(rule, injection));
    }

    private void add(String rule, String label, Fault.Injection injection) {
        all.add(new Fault(rule, label, injection));
    }

    private void yarn(String rule, String key, String value) {
        all.add(Fault.of(rule, site -> site.yarn(key, value)));
    }

    private void classes() {
        add("no-kairos", site -> site.unset(TestSite.YARN, SCHEDULER, EXECUTOR, LAUNCHER));
        yarn("class-unknown", SCHEDULER, "io.kairos.yarn.rm.KairosSheduler");
        add(
                "class-unknown",
                "another key's",
                site -> site.yarn(EXECUTOR, "io.kairos.yarn.nm.KairosContainersLauncher"));
        add("scheduler-class-missing", site -> {
            site.unset(TestSite.YARN, SCHEDULER);
            site.cluster.answers = false;
        });
        add("node-classes-missing", site -> {
            site.unset(TestSite.YARN, EXECUTOR, LAUNCHER);
            site.cluster.answers = false;
        });
        add("launcher-class-missing", site -> site.unset(TestSite.YARN, LAUNCHER));
        add("executor-class-missing", site -> site.unset(TestSite.YARN, EXECUTOR));
        add(
                "executor-class-missing",
                "a stock one",
                site -> site.yarn(EXECUTOR, "org.apache.hadoop.yarn.server.nodemanager.LinuxContainerExecutor"));
        add("plugin-jar-missing", site -> Files.delete(plugin(site)));
        add("plugin-jar-twice", site -> TestSite.jar(site.lib.resolve("kairos-old.jar"), "0.0.1", true));
        add("plugin-jar-thin", site -> TestSite.jar(site.lib.resolve("yarn-plugin.jar"), "0.1.0", false));
        add("plugin-jar-thin", "alone", site -> {
            Files.delete(plugin(site));
            TestSite.jar(site.lib.resolve("yarn-plugin.jar"), "0.1.0", false);
        });
    }

    private static Path plugin(TestSite site) throws Exception {
        try (var jars = Files.newDirectoryStream(site.lib, "*-plugin.jar")) {
            return jars.iterator().next();
        }
    }

    private void versions() {
        add("kairos-versions-differ", site -> site.cluster.nodeVersion = "0.0.1");
        add("doctor-of-another-version", site -> {
            site.cluster.version = "9.9";
            site.cluster.nodeVersion = "9.9";
        });
        add("hadoop-unsupported", site -> site.hadoop("3.3.6"));
        add("hadoop-untested", site -> site.hadoop("3.6.0"));
        add("hadoop-versions-differ", site -> site.cluster.nodeHadoop = "3.4.3");
        add("java-add-opens", site -> site.hadoop("3.4.3"));
        add("java-add-opens", "one of two", site -> {
            site.hadoop("3.4.3");
            site.script.add("#export YARN_OPTS=--add-opens=java.base/java.lang=ALL-UNNAMED");
            site.script.add("export YARN_NODEMANAGER_OPTS=--add-opens=java.base/java.lang=ALL-UNNAMED");
        });
        add("java-too-old", site -> site.cluster.java = "11");
    }

    private void keys() {
        yarn("key-unknown", NM + "quantun-ms", "7000");
        add("key-unknown", "a slip in front", site -> site.yarn("yarn.nodemanger.kairos.quantum-ms", "7000"));
        add("key-unknown", "like none", site -> site.yarn("yarn.kairos.enabled", "true"));
        yarn("value-refused", NM + "quantum-ms", "5s");
        yarn("value-empty", NM + "pauser", "");
        add("key-in-wrong-file", site -> site.set(TestSite.QUEUES, RM + "queue-bound", "6"));
        add("key-twice", site -> {
            site.first.add("<property><name>" + NM + "quantum-ms</name><value>9000</value></property>");
            site.yarn(NM + "quantum-ms", "7000");
        });
    }

    private void queues() {
        add("queues-missing", site -> site.files.remove(TestSite.QUEUES));
        add("queue-key-unknown", site -> site.set(TestSite.QUEUES, QUEUE + "root.default.kairos.wieght", "2"));
        add("queue-unknown", site -> site.set(TestSite.QUEUES, QUEUE + "root.prodution.kairos.opt-out", "false"));
        add("queue-value-refused", site -> site.set(TestSite.QUEUES, QUEUE + "root.default.kairos.weight", "0"));
        add("queue-key-in-wrong-file", site -> site.yarn(QUEUE + "root.default.kairos.preemptable", "false"));
        add("masters-share-small", site -> site.set(TestSite.QUEUES, QUEUE + "maximum-am-resource-percent", "0.05"));
        add(
                "masters-share-small",
                "of one queue",
                site -> site.set(TestSite.QUEUES, QUEUE + "root.default.maximum-am-resource-percent", "0.01"));
        add("ordering-policy-ignored", site -> byJobs(site)
                .set(TestSite.QUEUES, QUEUE + "root.default.ordering-policy", "fair"));
    }

    private static TestSite byJobs(TestSite site) {
        return site.yarn(RM + "policy", "kairos-job").unset(TestSite.QUEUES, QUEUE + "root.production.kairos.weight");
    }

    private void values() {
        yarn("keep-alive-pulse-too-long", NM + "keep-alive-pulse-ms", "40000");
        yarn("queue-bound-zero", RM + "queue-bound", "0");
        add("queue-bound-zero", "of nodes", site -> site.yarn(NM + "queue-bound", "0"));
        yarn("cpu-service-without-max-pause", NM + "attained-service", "cpu");
        yarn("report-interval-beyond-expiry", NM + "report-interval-ms", "6000");
        yarn("node-mode-fixed", NM + "mode", "observe");
        yarn("quantum-short", NM + "quantum-ms", "20");
        add("quantum-short", "through Docker", site -> site.docker()
                .yarn(NM + "quantum-ms", "500")
                .yarn(NM + "pauser", "docker"));
        yarn("max-pause-short", NM + "max-pause-ms", "1000");
        add("guarantee-under-kairos-job", site -> byJobs(site).yarn(NM + "preemptions-before-guarantee", "3"));
        yarn("key-without-effect", RM + "seed", "5");
        add("key-without-effect", "patience", site -> site.yarn(RM + "patience-ms", "60000"));
        add("key-without-effect", "weight", site -> site.yarn(RM + "policy", "kairos-job"));
        add("key-without-effect", "tie-break", site -> byJobs(site).yarn(RM + "tie-break", "sum"));
        add("key-without-effect", "throttled", site -> site.yarn(NM + "pause-mode", "throttle")
                .yarn(NM + "keep-alive-interval-ms", "30000"));
        add("key-without-effect", "no submitters", site -> site.docker().yarn(NM + "docker.minimum-user-id", "500"));
        add("key-without-its-daemon", site -> site.unset(TestSite.YARN, SCHEDULER)
                .yarn(RM + "tie-break", "sum"));
        add("key-without-its-daemon", "of nodes", site -> site.unset(TestSite.YARN, EXECUTOR, LAUNCHER)
                .yarn(NM + "quantum-ms", "6000"));
    }

    private void stockSettings() {
        yarn("opportunistic-queue", "yarn.nodemanager.opportunistic-containers-max-queue-length", "10");
        add(
                "opportunistic-queue",
                "by resources",
                site -> site.yarn("yarn.nodemanager.opportunistic-containers-queue-policy", "BY_RESOURCES"));
        yarn("linux-executor-without-docker", EXECUTOR, LINUX);
        yarn("number-malformed", "yarn.nodemanager.resource.memory-mb", "16g");
        add("number-malformed", "of a task", site -> site.set(TestSite.MAPRED, "mapreduce.map.memory.mb", "1g"));
        yarn("yarn-preempts-too", "yarn.resourcemanager.scheduler.monitor.enable", "true");
        add(
                "stock-setting-ignored",
                site -> site.set(TestSite.QUEUES, QUEUE + "schedule-asynchronously.enable", "true"));
        add("locality-delay", site -> site.set(TestSite.QUEUES, QUEUE + "node-locality-delay", "40"));
    }

    private void nodeRestarts() {
        add("node-recovery-off", site -> site.unset(TestSite.YARN, "yarn.nodemanager.recovery.enabled"));
        add(
                "node-recovery-off",
                "as Hadoop comes",
                site -> site.unset(
                        TestSite.YARN,
                        "yarn.nodemanager.recovery.enabled",
                        "yarn.nodemanager.recovery.dir",
                        "yarn.nodemanager.address"));
        yarn("node-recovery-unsupervised", "yarn.nodemanager.recovery.supervised", "false");
        add("node-recovery-in-tmp", site -> site.unset(TestSite.YARN, "yarn.nodemanager.recovery.dir"));
        add("node-port-not-fixed", site -> site.unset(TestSite.YARN, "yarn.nodemanager.address"));
    }

    private void resourceManagers() {
        yarn("rm-recovery-off", "yarn.resourcemanager.recovery.enabled", "false");
        yarn("rm-store-forgets", "yarn.resourcemanager.store.class", STORE + "MemoryRMStateStore");
        add("rm-store-in-tmp", site -> site.unset(TestSite.YARN, "yarn.resourcemanager.fs.state-store.uri")
                .set(TestSite.CORE, "fs.defaultFS", "file:///"));
        yarn("rm-store-without-zookeeper", "yarn.resourcemanager.store.class", STORE + "ZKRMStateStore");
        add("ha-ids-missing", site -> site.highlyAvailable().yarn("yarn.resourcemanager.ha.rm-ids", "rm1"));
        add("ha-host-missing", site -> site.highlyAvailable()
                .unset(TestSite.YARN, "yarn.resourcemanager.hostname.rm2"));
        add("ha-cluster-id-missing", site -> site.highlyAvailable()
                .unset(TestSite.YARN, "yarn.resourcemanager.cluster-id"));
        add("ha-store-not-shared", site -> site.highlyAvailable()
                .yarn("yarn.resourcemanager.fs.state-store.uri", "file:///var/lib/rmstore"));
        add("report-address-without-id", site -> site.highlyAvailable()
                .yarn(RM + "report.address", "rm1.example.org:9000"));
    }

    private void memoryAndProcessors() {
        yarn("memory-for-paused", "yarn.nodemanager.resource.memory-mb", "8192");
        add("memory-for-paused", "no more in the machine", site -> {
            site.yarn("yarn.nodemanager.resource.memory-mb", "12288");
            site.host.memoryMb = 16_000;
        });
        add("memory-for-paused", "not even for N", site -> {
            site.yarn("yarn.nodemanager.resource.memory-mb", "8192");
            site.host.memoryMb = 10_000;
        });
        add("memory-for-paused", "large executors", site -> site.spark.put("spark.executor.memory", "3g"));
        add(
                "memory-for-paused",
                "large reduces",
                site -> site.set(TestSite.MAPRED, "mapreduce.reduce.memory.mb", "4096"));
        add("memory-for-paused", "large maps", site -> site.set(TestSite.MAPRED, "mapreduce.map.memory.mb", "4096"));
        add("memory-beyond-machine", site -> site.host.memoryMb = 16_000);
        yarn("virtual-memory-check", "yarn.nodemanager.vmem-check-enabled", "true");
        add("slots-beyond-cores", site -> site.host.cores = 2);
        add("cores-unused", site -> {
            site.yarn("yarn.nodemanager.resource.memory-mb", "32768");
            site.host.memoryMb = 64_000;
            site.host.cores = 8;
        });
        add(
                "vcores-below-bound",
                site -> site.set(
                        TestSite.QUEUES,
                        QUEUE + "resource-calculator",
                        "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator"));
    }

    private void pausers() {
        yarn("pauser-not-for-executor", NM + "pauser", "docker");
        add("pauser-not-for-executor", "cannot throttle", site -> site.yarn(NM + "pauser", "signal")
                .yarn(NM + "pause-mode", "throttle"));
        add("pauser-cannot-work", site -> {
            site.yarn(NM + "pauser", "cgroup").yarn(NM + "cgroup-parent", "kairos/node-1");
            site.host.processes = new Trial(false, "", "pauser cgroup cannot be used: cannot create the cgroup");
        });
        add("throttle-cannot-work", site -> {
            site.yarn(NM + "pause-mode", "throttle");
            site.host.processes = new Trial(false, "", "tasks cannot be throttled here: no cpu controller");
        });
        add(
                "pauser-signal",
                site -> site.host.processes =
                        new Trial(true, "signal", "pauser signal, chosen by auto because the better one failed"));
        add(
                "pauser-through-engine",
                site -> site.docker().host.containers =
                        new Trial(true, "docker", "through the engine, for nothing may be made"));
    }

    private void dockerEngine() {
        add("docker-live-restore", site -> {
            site.docker().daemonJson = "{}";
            site.host.liveRestore = false;
        });
        add("docker-live-restore", "not read yet", site -> site.docker().host.liveRestore = false);
        add("docker-live-restore", "no engine answers", site -> {
            site.docker().daemonJson = "{}";
            site.host.engineAnswers = false;
        });
        add("docker-socket-missing", site -> {
            site.docker().host.socketExists = false;
            site.host.engineAnswers = false;
        });
        add("docker-socket-rights", site -> site.docker().host.socketUsable = false);
        add("docker-socket-open", site -> site.docker().host.socketOpen = true);
        add("docker-cgroup-driver", site -> {
            site.docker().host.driver = "systemd";
            site.host.containers = new Trial(true, "docker", "through the engine, for its driver is systemd");
        });
    }

    private void dockerImages() {
        add("docker-images-none", site -> site.docker().yarn(NM + "docker.allowed-images", " "));
        add("docker-default-image-refused", site -> {
            site.docker().yarn("yarn.nodemanager.runtime.linux.docker.image-name", "jre:17");
            site.host.images.add("jre:17");
        });
        add("docker-default-network-refused", site -> site.docker()
                .yarn("yarn.nodemanager.runtime.linux.docker.default-container-network", "overlay"));
        add("docker-image-missing", site -> site.docker().yarn(NM + "docker.allowed-images", "spark:3.5,hadoop:3"));
        add("docker-health-check", site -> {
            linux(site);
            site.host.withHealthCheck.add("spark:3.5");
        });
    }

    /** Containers are started by YARN's setuid program. */
    private static TestSite linux(TestSite site) {
        return site.yarn(EXECUTOR, LINUX).yarn("yarn.nodemanager.runtime.linux.allowed-runtimes", "default,docker");
    }

    private void dockerUsers() {
        add("docker-submitter-not-root", site -> site.docker().yarn(NM + "docker.run-as-user", "submitter"));
        add("docker-submitter-links", site -> {
            site.docker().yarn(NM + "docker.run-as-user", "submitter");
            site.host.root = true;
            site.host.linksProtected = false;
        });
        yarn("docker-keys-unused", NM + "docker.allowed-images", "spark:3.5");
    }

    private void applications() {
        add("spark-drops-paused", site -> linux(site).yarn(NM + "keep-alive-interval-ms", "115000"));
        add("spark-drops-paused", "a short timeout", site -> linux(site).spark.put("spark.network.timeout", "35s"));
        add("spark-drops-paused", "a long pulse", site -> {
            site.yarn(NM + "keep-alive-pulse-ms", "4000");
            site.spark.put("spark.network.timeout", "25s");
        });
        add("spark-drops-paused", "the other timeout", site -> {
            linux(site).spark.put("spark.network.timeout", "800s");
            site.spark.put("spark.storage.blockManagerHeartbeatTimeoutMs", "30000");
        });
        add("spark-drops-paused", "no keep-alive, but a longest pause", site -> site.yarn(
                        NM + "keep-alive-interval-ms", "off")
                .yarn(NM + "max-pause-ms", "150000"));
        add("mapreduce-fails-paused", site -> linux(site).set(TestSite.MAPRED, "mapreduce.task.timeout", "20000"));
        add("mapreduce-fails-paused", "no keep-alive", site -> {
            site.yarn(NM + "keep-alive-interval-ms", "off");
            site.knowsSpark = false;
        });
        yarn("keep-alive-pulse-short", NM + "keep-alive-pulse-ms", "10");
        add("spark-timeouts-contradict", site -> site.spark.put("spark.network.timeout", "5s"));
        yarn("mapreduce-shuffle-missing", "yarn.nodemanager.aux-services", "spark_shuffle");
        yarn("spark-shuffle-missing", "yarn.nodemanager.aux-services", "mapreduce_shuffle");
        add("spark-shuffle-class-missing", site -> site.unset(TestSite.YARN, SPARK_CLASS));
        add("spark-shuffle-class-path", site -> site.unset(TestSite.YARN, SPARK_PATH));
        add("spark-dynamic-without-shuffle", site -> site.spark.remove("spark.shuffle.service.enabled"));
        add("spark-shuffle-missing", "nor its class", site -> site.yarn(
                        "yarn.nodemanager.aux-services", "mapreduce_shuffle")
                .unset(TestSite.YARN, SPARK_CLASS, SPARK_PATH));
        add("spark-dynamic-without-shuffle", "nor its service", site -> {
            site.yarn("yarn.nodemanager.aux-services", "mapreduce_shuffle")
                    .unset(TestSite.YARN, SPARK_CLASS, SPARK_PATH);
            site.spark.remove("spark.shuffle.service.enabled");
        });
        add("spark-shuffle-from-paused", site -> {
            site.spark.put("spark.shuffle.service.enabled", "false");
            site.spark.put("spark.dynamicAllocation.enabled", "false");
        });
        add("spark-speculation", site -> site.spark.put("spark.speculation", "true"));
        add("mapreduce-speculation", site -> site.unset(TestSite.MAPRED, "mapreduce.reduce.speculative"));
    }

    private void reports() {
        add("report-port-unreachable", site -> site.cluster.reportPort = false);
        add("report-port-open", site -> site.unset(TestSite.YARN, "yarn.resourcemanager.hostname"));
        add("report-port-open", "bound to all", site -> site.yarn("yarn.resourcemanager.bind-host", "0.0.0.0"));
        yarn("report-port-taken", RM + "report.address", "rm.example.org:8088");
        add("node-principal-missing", site -> site.set(TestSite.CORE, "hadoop.security.authentication", "kerberos"));
        add("report-acl-refuses", site -> site.set(TestSite.CORE, "hadoop.security.authorization", "true")
                .set("hadoop-policy.xml", "security.kairos.load-report.protocol.acl", "hdfs,mapred"));
        add("report-acl-open", site -> site.set(TestSite.CORE, "hadoop.security.authorization", "true"));
    }

    private void runningNodes() {
        add("rm-without-answer", site -> {
            site.cluster.answers = false;
            site.cluster.named = true;
        });
        add("rm-without-kairos", site -> site.cluster.kairos = false);
        add("node-without-kairos", site -> {
            site.cluster.trouble = "its NodeManager runs without Kairos";
            site.cluster.reportAge = -1;
        });
        add("node-not-reporting", site -> site.cluster.reportAge = -1);
        add("node-not-reporting", "any more", site -> site.cluster.reportAge = 7);
        add("node-without-answer", site -> site.cluster.trouble = "http://node-1:8042: nobody listens there");
        add("node-in-another-mode", site -> site.cluster.nodeMode = "off");
        add(
                "node-settings-refused",
                site -> site.cluster.settingsRefused =
                        NM + "quantum-ms is '5s': expected milliseconds from 10 to 86400000");
        add("node-pausing-off", site -> site.cluster.pausingOff = "the disk is full");
        add("node-pauses-failed", site -> site.cluster.pauseFailures = 3);
        add("node-clock-differs", site -> site.cluster.nodeAheadMs = 15_000);
        add("placement-errors", site -> site.cluster.errors = 2);
    }
}
