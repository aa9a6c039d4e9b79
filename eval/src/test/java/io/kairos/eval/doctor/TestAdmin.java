/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kairos.yarn.Version;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** Does what a mend says, from its printed lines alone. What needs a real node or cluster is done to the test's. */
final class TestAdmin {
    private final TestSite site;

    TestAdmin(TestSite site) {
        this.site = site;
    }

    void apply(Change change) throws Exception {
        List<String> lines = change.lines();
        if (change instanceof Change.Property property) {
            Configuration printed = new Configuration(false);
            printed.addResource(new java.io.ByteArrayInputStream(
                    ("<configuration>" + below(lines) + "</configuration>").getBytes("UTF-8")));
            Map<String, String> file = site.files.computeIfAbsent(property.file(), any -> new LinkedHashMap<>());
            printed.forEach(entry -> {
                site.first.removeIf(line -> line.contains("<name>" + entry.getKey() + "</name>"));
                file.put(entry.getKey(), entry.getValue());
            });
            assertThat(printed.size()).isEqualTo(1);
        } else if (change instanceof Change.Removal removal) {
            String key = below(lines).strip();
            assertThat(site.files.getOrDefault(removal.file(), Map.of()).remove(key))
                    .as("%s in %s", key, removal.file())
                    .isNotNull();
        } else if (change instanceof Change.SparkLine) {
            Properties printed = new Properties();
            printed.load(new StringReader(below(lines)));
            printed.forEach((key, value) -> site.spark.put(key.toString(), value.toString()));
        } else if (change instanceof Change.JsonMember) {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode json = (ObjectNode) mapper.readTree(site.daemonJson);
            json.setAll((ObjectNode) mapper.readTree("{" + below(lines) + "}"));
            site.daemonJson = json.toString();
        } else if (change instanceof Change.ScriptLine) {
            lines.stream().skip(1).forEach(site.script::add);
            if (below(lines).contains("JAVA_HOME=")) {
                site.cluster.java = "17";
            }
        } else if (change instanceof Change.Command) {
            run(String.join("\n", lines).replace("\\\n", ""));
        } else {
            step(lines.get(0));
        }
    }

    private static String below(List<String> lines) {
        return String.join("\n", lines.subList(1, lines.size()));
    }

    private void run(String command) throws Exception {
        String words = command.replaceAll(" +", " ");
        if (words.startsWith("cp ") || words.startsWith("rm ")) {
            Process shell = new ProcessBuilder("bash", "-c", command)
                    .directory(site.project.toFile())
                    .inheritIO()
                    .start();
            assertThat(shell.waitFor(10, TimeUnit.SECONDS) && shell.exitValue() == 0)
                    .as(command)
                    .isTrue();
            return;
        }
        TestHost host = site.host;
        switch (words) {
            case "systemctl enable --now docker" -> {
                host.socketExists = true;
                host.socketUsable = true;
                host.engineAnswers = true;
            }
            case "systemctl reload docker" ->
                host.liveRestore = site.daemonJson.replace(" ", "").contains("\"live-restore\":true");
            case "systemctl restart docker" ->
                host.driver = site.daemonJson.contains("native.cgroupdriver=cgroupfs") ? "cgroupfs" : "systemd";
            case "usermod -aG docker yarn" -> host.socketUsable = true;
            case "chmod o-rw /var/run/docker.sock" -> host.socketOpen = false;
            case "docker pull hadoop:3" -> host.images.add("hadoop:3");
            case "printf 'FROM spark:3.5\\nHEALTHCHECK NONE\\n' | docker build -t spark:3.5 -" ->
                host.withHealthCheck.clear();
            case "sysctl -w fs.protected_symlinks=1" -> host.linksProtected = true;
            case "conf/docker/delegate yarn", "conf/docker/delegate yarn kairos/node-1" -> {
                host.processes = TestHost.GROUPS;
                host.containers = TestHost.CONTAINER_GROUPS;
            }
            case "yarn --daemon start resourcemanager" -> site.cluster.answers = true;
            case "yarn --daemon stop resourcemanager; yarn --daemon start resourcemanager" ->
                site.cluster.kairos = true;
            default -> throw new AssertionError("an unknown command: " + command);
        }
    }

    /** Each step is done as it says, and as nothing else. */
    private void step(String words) throws Exception {
        TestCluster cluster = site.cluster;
        if (words.equals("install Hadoop 3.5.0 or 3.4.3")) {
            site.hadoop("3.5.0");
        } else if (words.equals("install Hadoop 3.5.0 there and take the other one away")) {
            cluster.nodeHadoop = "3.5.0";
        } else if (words.startsWith("put the jar of version " + Version.text() + " there and run: ")) {
            cluster.nodeVersion = Version.text();
        } else if (words.equals("run ./kairos doctor of version 9.9")) {
            cluster.version = Version.text();
            cluster.nodeVersion = Version.text();
        } else if (words.startsWith("let the nodes through to rm.example.org:8037 of the ResourceManager")) {
            cluster.reportPort = true;
        } else if (words.startsWith("put executor and launcher into its yarn-site.xml")) {
            cluster.trouble = "";
            cluster.reportAge = 0;
        } else if (words.startsWith("let " + TestCluster.NODE + " through to rm.example.org:8037")) {
            cluster.reportAge = 0;
        } else if (words.startsWith("run there, if it does not run: yarn --daemon start nodemanager")) {
            cluster.trouble = "";
        } else if (words.equals("take yarn.nodemanager.kairos.mode out of its yarn-site.xml")) {
            cluster.nodeMode = "enforce";
        } else if (words.equals("put that value right in its yarn-site.xml")) {
            cluster.settingsRefused = "";
        } else if (words.equals("run ./kairos doctor on " + TestCluster.NODE + " as the NodeManager's user")) {
            cluster.pausingOff = "";
        } else if (words.startsWith("look into its log for")) {
            cluster.pauseFailures = 0;
        } else if (words.equals("run there: chronyc makestep")) {
            cluster.nodeAheadMs = 0;
        } else if (words.startsWith("look into the ResourceManager's log")) {
            cluster.errors = 0;
        } else {
            throw new AssertionError("an unknown step: " + words);
        }
    }
}
