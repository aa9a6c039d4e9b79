/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.protocol.LoadReport;
import io.kairos.yarn.protocol.LoadReportClient;
import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;

/** One node alone, where a scheduler that asks "which node?" is never asked: the bound holds all the same. */
class OneNodeClusterTest {
    @Test
    void fourteenOnOneNodeAreThreeAndTheRestAsSlotsFreeUp() throws Exception {
        Configuration configuration = MiniCluster.configuration();
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        configuration.setInt(YarnConfiguration.NM_VCORES, 2);
        try (MiniCluster cluster = MiniCluster.start("one-node", configuration, 1);
                TestApplication application = TestApplication.submit(cluster, "default")) {
            application.ask(14, 128);
            application.awaitAllocated(2);
            application.heartbeatFor(Duration.ofMillis(500));
            assertThat(application.allocated())
                    .as("until its first report a node takes as many tasks as it has vcores")
                    .hasSize(2);

            try (LoadReportClient client = new LoadReportClient(cluster.clientConfiguration())) {
                client.report(LoadReport.of(cluster.nodes().get(0), 1, 1)
                        .slots(2)
                        .queueBound(1)
                        .build());
            }
            for (int allocated = 3; allocated <= 14; allocated++) {
                application.awaitAllocated(allocated);
                application.heartbeatFor(Duration.ofMillis(200));
                assertThat(application.allocated()).hasSize(allocated);
                assertThat(application.liveByNode().values()).containsExactly(3);
                application.release(application.live().get(0));
            }
        }
    }
}
