/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.testing.MiniCluster;
import io.kairos.yarn.testing.TestApplication;
import java.util.Collections;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;

/** A burst on four real NodeManagers. */
class BurstClusterTest {
    private static final int TASKS = 100;
    private static final int NODES = 4;

    @Test
    void aHundredAskedAtOnceAreThereWithTheSecondHeartbeatAndSpreadEvenly() throws Exception {
        Configuration configuration = MiniCluster.configuration();
        configuration.set(YarnConfiguration.RM_SCHEDULER, KairosScheduler.class.getName());
        configuration.setInt(YarnConfiguration.NM_VCORES, TASKS);
        try (MiniCluster cluster = MiniCluster.start("burst", configuration, NODES);
                TestApplication application = TestApplication.submit(cluster, "default")) {
            KairosScheduler scheduler =
                    (KairosScheduler) cluster.resourceManager().getResourceScheduler();
            application.ask(TASKS, 128);
            application.heartbeat();
            // Masters let a second go by between two heartbeats; this is much less on a machine that is not busy.
            TestApplication.await(() -> scheduler.counters().placements() == TASKS);
            assertThat(application.heartbeat()).hasSize(TASKS);

            Map<NodeId, Integer> counts = application.liveByNode();
            assertThat(counts).hasSize(NODES);
            assertThat(Collections.max(counts.values()) - Collections.min(counts.values()))
                    .isLessThanOrEqualTo(1);
            assertThat(scheduler.counters().boundRejections()).isZero();
        }
    }
}
