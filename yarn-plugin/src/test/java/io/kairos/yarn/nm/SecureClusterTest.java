/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.rm.KairosScheduler;
import io.kairos.yarn.testing.ChildDaemon;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.SecureRealm;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.test.GenericTestUtils.LogCapturer;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole cluster under Kerberos: a ResourceManager here, NodeManagers in processes of their own, each with its own key. */
class SecureClusterTest {
    @SuppressWarnings("NullAway.Init")
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SecureRealm realm;

    @Test
    void aNodeManagerIsBelievedAndThatOfAnotherHostIsNot() throws Exception {
        LogCapturer resourceManagerLog =
                LogCapturer.captureLogs(LoggerFactory.getLogger("io.kairos.yarn.protocol.ReporterCheck"));
        try (SecureRealm opened = openRealm();
                MiniCluster cluster = MiniCluster.start("secure", resourceManager(), 0)) {
            Configuration site = cluster.resourceManager().getConfig();
            KairosScheduler scheduler =
                    (KairosScheduler) cluster.resourceManager().getResourceScheduler();
            try (ChildDaemon node = nodeManager("believed", "nm/" + realm.host(), site)) {
                TestApplication.await(() -> scheduler.counters().acceptedReports() > 0);
                assertThat(node.log()).noneMatch(line -> line.contains("Load reports do not get through"));
            }
            assertThat(resourceManagerLog.getOutput()).isEmpty();

            String stranger = "nm/elsewhere.example.org";
            try (ChildDaemon node = nodeManager("stranger", stranger, site)) {
                TestApplication.await(() -> count(node, "Load reports do not get through") == 1);
                long accepted = scheduler.counters().acceptedReports();
                String refusal = realm.principal(stranger) + " may not report of node ";
                String expected = "expected " + realm.principal("nm/" + realm.host());
                assertThat(node.log())
                        .filteredOn(line -> line.contains("Load reports do not get through"))
                        .singleElement()
                        .asString()
                        .contains("no ResourceManager took the load report at [")
                        .contains(refusal)
                        .endsWith(expected);
                assertThat(resourceManagerLog.getOutput().lines())
                        .singleElement()
                        .asString()
                        .contains("Refused a load report: " + refusal)
                        .endsWith(expected);
                assertThat(scheduler.counters().acceptedReports()).isEqualTo(accepted);
            }
        } finally {
            resourceManagerLog.stopCapturing();
        }
    }

    /** A ResourceManager in a test's own process does not log in by itself. */
    private SecureRealm openRealm() throws Exception {
        realm = new SecureRealm(Files.createDirectory(folder.resolve("realm")));
        realm.login("rm/" + realm.host());
        return realm;
    }

    private Configuration resourceManager() {
        Configuration configuration =
                PausingContract.nodeConfiguration("signal", "kairos-test-unused", folder.resolve("unused"));
        realm.site().forEach(entry -> configuration.set(entry.getKey(), entry.getValue()));
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        return configuration;
    }

    /** A NodeManager that calls itself so. */
    private ChildDaemon nodeManager(String name, String principal, Configuration resourceManager) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        Configuration configuration = new Configuration(resourceManager);
        configuration.set(YarnConfiguration.NM_PRINCIPAL, realm.principal(principal));
        configuration.set(YarnConfiguration.NM_KEYTAB, realm.keytab(principal).toString());
        configuration.set(YarnConfiguration.NM_ADDRESS, "localhost:0");
        configuration.set(YarnConfiguration.NM_LOCALIZER_ADDRESS, "localhost:0");
        configuration.set(YarnConfiguration.NM_WEBAPP_ADDRESS, "localhost:0");
        configuration.set(YarnConfiguration.NM_LOCAL_DIRS, own.resolve("local").toString());
        configuration.set(YarnConfiguration.NM_LOG_DIRS, own.resolve("logs").toString());
        configuration.set(
                NodeManagerKeys.DECISION_LOG.name(),
                Files.createDirectory(own.resolve("decisions")).toString());
        configuration.setInt(NodeManagerKeys.SLOTS.name(), 1);
        configuration.setInt(NodeManagerKeys.QUEUE_BOUND.name(), 1);
        configuration.setInt(NodeManagerKeys.QUANTUM.name(), 100);
        configuration.setInt(NodeManagerKeys.REPORT_INTERVAL.name(), 50);
        return new ChildDaemon(
                NodeManager.class,
                List.of("-Djava.security.krb5.conf=" + realm.krb5Conf()),
                own.resolve("daemon"),
                configuration);
    }

    private static long count(ChildDaemon daemon, String text) throws IOException {
        return daemon.log().stream().filter(line -> line.contains(text)).count();
    }
}
