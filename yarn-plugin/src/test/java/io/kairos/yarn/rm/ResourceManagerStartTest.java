/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.testing.MiniCluster;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.junit.jupiter.api.Test;

/** When a ResourceManager with this scheduler starts, and when it refuses to. */
class ResourceManagerStartTest {
    @Test
    void aTakenPortIsOneClearLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
                ResourceManager resourceManager = new ResourceManager()) {
            Configuration configuration = configuration("localhost:" + taken.getLocalPort());
            resourceManager.init(configuration);
            assertThatThrownBy(resourceManager::start)
                    .hasStackTraceContaining("cannot listen for load reports at localhost:" + taken.getLocalPort()
                            + " (yarn.resourcemanager.kairos.report.address): ")
                    .hasStackTraceContaining("Address already in use");
        }
    }

    @Test
    void aBadValueIsOneClearLine() throws Exception {
        try (ResourceManager resourceManager = new ResourceManager()) {
            Configuration configuration = configuration("localhost:0");
            configuration.set(ResourceManagerKeys.TIE_BREAK.name(), "coin");
            assertThatThrownBy(() -> resourceManager.init(configuration))
                    .hasStackTraceContaining(
                            "yarn.resourcemanager.kairos.tie-break is 'coin': expected one of variance");
        }
    }

    @Test
    void anyFreePortIsWrittenBackAndGivenUpAtTheEnd() throws Exception {
        int port;
        try (ResourceManager resourceManager = new ResourceManager()) {
            resourceManager.init(configuration("localhost:0"));
            resourceManager.start();
            KairosScheduler scheduler = (KairosScheduler) resourceManager.getResourceScheduler();
            port = scheduler.reportAddress().orElseThrow().getPort();
            assertThat(resourceManager.getConfig().get(ResourceManagerKeys.REPORT_ADDRESS.name()))
                    .isEqualTo("localhost:" + port);
        }
        new ServerSocket(port, 1, InetAddress.getByName("localhost")).close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("Kairos placement");
    }

    private static Configuration configuration(String reportAddress) {
        // Several ResourceManagers in one process would register the same metrics.
        DefaultMetricsSystem.setMiniClusterMode(true);
        Configuration configuration = MiniCluster.configuration();
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        configuration.set(ResourceManagerKeys.REPORT_ADDRESS.name(), reportAddress);
        for (String key : List.of(
                YarnConfiguration.RM_ADDRESS,
                YarnConfiguration.RM_SCHEDULER_ADDRESS,
                YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
                YarnConfiguration.RM_ADMIN_ADDRESS,
                YarnConfiguration.RM_WEBAPP_ADDRESS)) {
            configuration.set(key, "localhost:0");
        }
        return configuration;
    }
}
