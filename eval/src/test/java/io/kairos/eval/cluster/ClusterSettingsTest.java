/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
    private static ClusterSettings settings(int taskMemoryMb, int masters) {
        return new ClusterSettings(
                4,
                2,
                4,
                taskMemoryMb,
                masters,
                512,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                "auto",
                false);
    }

    @Test
    void aNodeHasRoomForAllMastersButNotForOneMoreTask() {
        ClusterSettings settings = settings(60_000, 100);

        assertThat(settings.nodeMemoryMb(2)).isEqualTo(2 * 60_000 + 100 * 512);
        assertThat(settings.nodeMemoryMb(2)).isLessThan(3 * 60_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(100 * 512, 100).nodeMemoryMb(2));
    }

    @Test
    void mastersTakeNoVcoreOfATaskUnderTheFairScheduler() {
        Configuration configuration = new Configuration(false);
        SchedulerKind.FAIR.configure(configuration, settings(60_000, 100));

        assertThat(configuration.getInt(YarnConfiguration.NM_VCORES, 0)).isEqualTo(2 + 100);
    }
}
