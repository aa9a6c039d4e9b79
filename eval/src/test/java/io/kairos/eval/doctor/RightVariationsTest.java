/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.eval.doctor.check.AllChecks;
import io.kairos.eval.doctor.site.Host.Trial;
import io.kairos.yarn.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is near a fault and none. */
class RightVariationsTest {
    private static final String RM = "yarn.resourcemanager.kairos.";
    private static final String NM = "yarn.nodemanager.kairos.";
    private static final String QUEUE = "yarn.scheduler.capacity.";

    private final List<Fault> all = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("variations")
    void isInGoodOrder(Fault variation, @TempDir Path folder) throws Exception {
        TestSite site = new TestSite(folder);
        variation.injection().into(site);

        Diagnosis diagnosis = Diagnosis.of("", site.patient(), AllChecks.LIST);
        assertThat(diagnosis.findings())
                .as(() -> String.join("\n", diagnosis.lines()))
                .isEmpty();
    }

    static List<Fault> variations() {
        RightVariationsTest test = new RightVariationsTest();
        test.daemons();
        test.values();
        test.machines();
        test.applications();
        test.access();
        return test.all;
    }

    private void add(String label, Fault.Injection injection) {
        all.add(new Fault(label, "", injection));
    }

    private void daemons() {
        add(
                "a folder of nodes alone, with a ResourceManager that runs",
                site -> site.unset(TestSite.YARN, "yarn.resourcemanager.scheduler.class"));
        add(
                "a folder of the ResourceManager alone, with nodes that report",
                site -> site.unset(
                        TestSite.YARN,
                        "yarn.nodemanager.container-executor.class",
                        "yarn.nodemanager.containers-launcher.class"));
        add(
                "the same jar by two names",
                site -> Files.createSymbolicLink(
                        site.lib.resolve("kairos.jar"),
                        site.lib.resolve("yarn-plugin-" + Version.text() + "-plugin.jar")));
        add("Hadoop 3.4.3 with its options", site -> {
            site.hadoop("3.4.3");
            site.script.add("export YARN_OPTS=\"$YARN_OPTS \\");
            site.script.add("  --add-opens java.base/java.lang=ALL-UNNAMED\"");
        });
        add("Hadoop 3.4.3, each daemon with its option", site -> {
            site.hadoop("3.4.3");
            site.script.add("YARN_RESOURCEMANAGER_OPTS+=\" --add-opens=java.base/java.lang=ALL-UNNAMED\"");
            site.script.add("YARN_NODEMANAGER_OPTS+=\" --add-opens=java.base/java.lang=ALL-UNNAMED\"");
        });
        add("an older Java's number", site -> site.cluster.java = "21");
        add("clocks 10 s apart", site -> site.cluster.nodeAheadMs = 9_800);
        add("a node older than the attributes", site -> site.cluster.nodeVersion = "");
        add("no ResourceManager answers, and nobody named one", site -> site.cluster.answers = false);
        add("a store in ZooKeeper by the older key", site -> site.yarn(
                        "yarn.resourcemanager.store.class",
                        "org.apache.hadoop.yarn.server.resourcemanager.recovery.ZKRMStateStore")
                .yarn("yarn.resourcemanager.zk-address", "zk1:2181"));
        add("a store in the cluster's file system, where Hadoop puts it", site -> site.highlyAvailable()
                .unset(TestSite.YARN, "yarn.resourcemanager.fs.state-store.uri"));
        add("ids by address alone", site -> site.highlyAvailable()
                .unset(TestSite.YARN, "yarn.resourcemanager.hostname.rm2")
                .yarn("yarn.resourcemanager.address.rm2", "rm2.example.org:8032"));
        add("report addresses with ids", site -> site.highlyAvailable()
                .yarn(RM + "report.address.rm1", "rm1.example.org:9000")
                .yarn(RM + "report.address.rm2", "rm2.example.org:9000"));
    }

    private void values() {
        add("Q is 0 to observe", site -> site.yarn(RM + "queue-bound", "0").yarn(RM + "mode", "observe"));
        add("CPU time with a longest pause", site -> site.yarn(NM + "attained-service", "cpu")
                .yarn(NM + "max-pause-ms", "60000"));
        add("a node with the cluster's mode", site -> site.yarn(NM + "mode", "enforce"));
        add("a seed for a random tie-break", site -> site.yarn(RM + "tie-break", "random")
                .yarn(RM + "seed", "5"));
        add("an empty value of a key without default", site -> site.yarn(NM + "decision-log", ""));
        add("a queue of our name", site -> site.set(TestSite.QUEUES, QUEUE + "root.queues", "default,production,kairos")
                .set(TestSite.QUEUES, QUEUE + "root.kairos.capacity", "0"));
        add(
                "a user of our name",
                site -> site.set(TestSite.QUEUES, QUEUE + "root.default.user-settings.kairos.weight", "1.5"));
        add("a key of a queue below a queue", site -> site.set(TestSite.QUEUES, QUEUE + "root.production.queues", "a,b")
                .set(TestSite.QUEUES, QUEUE + "root.production.a.kairos.preemptable", "false"));
        add("a key of a queue that comes by itself", site -> site.set(
                        TestSite.QUEUES, QUEUE + "root.default.auto-queue-creation-v2.enabled", "true")
                .set(TestSite.QUEUES, QUEUE + "root.default.alice.kairos.weight", "3"));
        add("queues in a configuration store", site -> {
            site.yarn("yarn.scheduler.configuration.store.class", "zk");
            site.files.remove(TestSite.QUEUES);
        });
        add("an order of queues under kairos-job", site -> site.yarn(RM + "policy", "kairos-job")
                .unset(TestSite.QUEUES, QUEUE + "root.production.kairos.weight")
                .set(TestSite.QUEUES, QUEUE + "root.ordering-policy", "priority-utilization"));
        add(
                "somebody else's key with our name in it",
                site -> site.set(TestSite.CORE, "hadoop.proxyuser.kairos.hosts", "*"));
    }

    private void machines() {
        add("memory for exactly N + Q", site -> site.yarn("yarn.nodemanager.resource.memory-mb", "16384"));
        add("all the memory that a machine can spare", site -> site.host.memoryMb = 18_205);
        add("more processors than memory for their tasks", site -> site.host.cores = 16);
        add("one processor more than N", site -> site.host.cores = 5);
        add("vcores for N + Q", site -> site.set(
                        TestSite.QUEUES,
                        QUEUE + "resource-calculator",
                        "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator")
                .yarn("yarn.nodemanager.resource.cpu-vcores", "8")
                .yarn(NM + "slots", "4"));
        add("the pauser signal, as somebody wants it", site -> {
            site.yarn(NM + "pauser", "signal");
            site.host.processes = new Trial(true, "signal", "pauser signal, as configured");
        });
        add("the driver systemd and a NodeManager that is root", site -> {
            site.docker().host.driver = "systemd";
            site.host.root = true;
        });
        add("the driver systemd, and pauses through the engine as somebody wants them", site -> {
            site.docker().yarn(NM + "pauser", "docker").host.driver = "systemd";
            site.host.containers = new Trial(true, "docker", "through the engine, as configured");
        });
        add("an image by a pattern that the engine has none of", site -> site.docker()
                .yarn(NM + "docker.allowed-images", "spark:3.5,library/*"));
        add(
                "a health check that the executor switches off",
                site -> site.docker().host.withHealthCheck.add("spark:3.5"));
        add("submitters on a cluster with Kerberos", site -> {
            site.docker()
                    .yarn(NM + "docker.run-as-user", "submitter")
                    .yarn("yarn.nodemanager.principal", "nm/_HOST@EXAMPLE.ORG")
                    .set(TestSite.CORE, "hadoop.security.authentication", "kerberos");
            site.host.root = true;
            site.host.linksProtected = false;
        });
    }

    private void applications() {
        add(
                "an interval of exactly the timeout less a heartbeat",
                site -> site.yarn(NM + "keep-alive-interval-ms", "110000"));
        add("a long interval where nodes read the jobs' own timeouts", site -> {
            site.yarn(NM + "keep-alive-interval-ms", "300000").set(TestSite.MAPRED, "mapreduce.task.timeout", "20000");
            site.spark.put("spark.network.timeout", "35s");
        });
        add("no keep-alive and a short longest pause", site -> site.yarn(NM + "keep-alive-interval-ms", "off")
                .yarn(NM + "max-pause-ms", "60000"));
        add("throttled, with any timeout", site -> {
            site.yarn(NM + "pause-mode", "throttle");
            site.spark.put("spark.network.timeout", "20s");
        });
        add("MapReduce without a timeout", site -> {
            site.set(TestSite.MAPRED, "mapreduce.task.timeout", "0").yarn(NM + "keep-alive-interval-ms", "off");
            site.knowsSpark = false;
        });
        add("MapReduce without a timeout, said otherwise", site -> {
            site.set(TestSite.MAPRED, "mapreduce.task.timeout", "-1").yarn(NM + "keep-alive-interval-ms", "off");
            site.knowsSpark = false;
        });
        add("throttled, without Spark's shuffle service", site -> {
            site.yarn(NM + "pause-mode", "throttle");
            site.spark.put("spark.shuffle.service.enabled", "false");
            site.spark.put("spark.dynamicAllocation.enabled", "false");
        });
        add("Spark's shuffle service on the daemons' class path", site -> {
            site.unset(TestSite.YARN, "yarn.nodemanager.aux-services.spark_shuffle.classpath");
            TestSite.jar(site.lib.resolve("spark-3.5.5-yarn-shuffle.jar"), "", false);
        });
        add("MapReduce that runs locally", site -> site.set(TestSite.MAPRED, "mapreduce.framework.name", "local")
                .yarn("yarn.nodemanager.aux-services", "spark_shuffle"));
    }

    private void access() {
        add("bound to all networks with Kerberos", site -> site.yarn("yarn.resourcemanager.bind-host", "0.0.0.0")
                .yarn("yarn.nodemanager.principal", "nm/_HOST@EXAMPLE.ORG")
                .set(TestSite.CORE, "hadoop.security.authentication", "kerberos"));
        add("a host by the address of clients", site -> site.unset(TestSite.YARN, "yarn.resourcemanager.hostname")
                .yarn("yarn.resourcemanager.address", "rm.example.org:8032"));
        add("a list with the NodeManagers' user", site -> site.set(
                        TestSite.CORE, "hadoop.security.authorization", "true")
                .set("hadoop-policy.xml", "security.kairos.load-report.protocol.acl", "yarn,hdfs"));
        add("a list with groups", site -> site.set(TestSite.CORE, "hadoop.security.authorization", "true")
                .set("hadoop-policy.xml", "security.kairos.load-report.protocol.acl", "hdfs hadoop"));
    }
}
