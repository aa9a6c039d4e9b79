/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.testing.ChildDaemon;
import io.kairos.yarn.testing.HttpPage;
import io.kairos.yarn.testing.TestApplication;
import java.net.URI;
import java.util.Objects;
import org.apache.curator.test.TestingServer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.server.resourcemanager.recovery.ZKRMStateStore;

/** The active one of two ResourceManagers is killed; the standby takes over with what ZooKeeper holds. */
class ResourceManagerFailoverTest extends ResourceManagerFaultContract {
    private static final String SESSION_MS = "3000";

    @SuppressWarnings("NullAway.Init")
    private TestingServer zooKeeper;

    @SuppressWarnings("NullAway.Init")
    private ChildDaemon active;

    private String standbyAddress = "";
    private URI activeWeb = URI.create("");
    private URI standbyWeb = URI.create("");

    @Override
    void prepare(Configuration configuration) throws Exception {
        zooKeeper = new TestingServer();
        configuration.unset(ResourceManagerKeys.REPORT_ADDRESS.name());
        setAddresses(configuration, ".rm1");
        setAddresses(configuration, ".rm2");
        configuration.setBoolean(YarnConfiguration.RM_HA_ENABLED, true);
        configuration.set(YarnConfiguration.RM_HA_IDS, "rm1,rm2");
        configuration.set(YarnConfiguration.RM_CLUSTER_ID, "kairos-test");
        configuration.set(YarnConfiguration.RM_STORE, ZKRMStateStore.class.getName());
        configuration.set(CommonConfigurationKeys.ZK_ADDRESS, zooKeeper.getConnectString());
        configuration.set(YarnConfiguration.RM_ZK_ADDRESS, zooKeeper.getConnectString());
        configuration.set(CommonConfigurationKeys.ZK_TIMEOUT_MS, SESSION_MS);
        configuration.set(YarnConfiguration.RM_ZK_TIMEOUT_MS, SESSION_MS);
        configuration.setLong(YarnConfiguration.CLIENT_FAILOVER_SLEEPTIME_BASE_MS, 100);
        configuration.setLong(YarnConfiguration.CLIENT_FAILOVER_SLEEPTIME_MAX_MS, 500);
        standbyAddress = reportAddress(configuration, "rm2");
        activeWeb = web(configuration, "rm1");
        standbyWeb = web(configuration, "rm2");
    }

    @Override
    void startResourceManagers(Configuration configuration) throws Exception {
        active = start(ResourceManager.class, "first", withId(configuration, "rm1"));
        awaitStart(() -> listens(reportAddress(configuration, "rm1")));
        ChildDaemon standby = start(ResourceManager.class, "second", withId(configuration, "rm2"));
        awaitStart(() -> standby.log().stream().anyMatch(line -> line.contains("Transitioned to standby state")));
    }

    @Override
    void lose() throws Exception {
        assertThat(page(activeWeb, "/kairos/data").body()).contains("\"mode\":\"enforce\"");
        HttpPage elsewhere = page(standbyWeb, "/kairos");
        assertThat(elsewhere.status()).isEqualTo(307);
        assertThat(elsewhere.location()).isEqualTo(activeWeb + "/kairos");
        assertThat(listens(standbyAddress))
                .as("a standby listens for load reports")
                .isFalse();
        active.kill();
        TestApplication.await(() -> listens(standbyAddress));
        TestApplication.await(() -> page(standbyWeb, "/kairos").body().contains("<title>Kairos</title>")
                && page(standbyWeb, "/kairos/data").body().contains("\"mode\":\"enforce\""));
    }

    @Override
    void tidyUp() throws Exception {
        if (zooKeeper != null) {
            zooKeeper.close();
        }
    }

    private static Configuration withId(Configuration configuration, String id) {
        Configuration own = new Configuration(configuration);
        own.set(YarnConfiguration.RM_HA_ID, id);
        return own;
    }

    private static HttpPage page(URI web, String path) throws Exception {
        return HttpPage.get(web.resolve(path));
    }

    private static URI web(Configuration configuration, String id) {
        return URI.create("http://" + configuration.get(YarnConfiguration.RM_WEBAPP_ADDRESS + "." + id));
    }

    private static String reportAddress(Configuration configuration, String id) {
        return Objects.requireNonNull(configuration.get(ResourceManagerKeys.REPORT_ADDRESS.name() + "." + id));
    }
}
