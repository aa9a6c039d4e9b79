/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.conf.ResourceManagerKeys;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;

class ReportServerTest {
    private static final String KEY = ResourceManagerKeys.REPORT_ADDRESS.name();

    @Test
    void theAddressIsInTheConfigurationWhileItListensAndNoLonger() throws Exception {
        Configuration configuration = new YarnConfiguration();
        configuration.set(KEY, "127.0.0.1:0");
        // Twice, as a ResourceManager does that becomes active again: its first port may be another's by then.
        for (int time = 0; time < 2; time++) {
            try (ReportServer server = open(configuration)) {
                assertThat(configuration.get(KEY))
                        .endsWith(":" + server.address().getPort());
            }
            assertThat(configuration.get(KEY)).isEqualTo("127.0.0.1:0");
        }
    }

    @Test
    void whereNothingWasConfiguredNothingIsAfterwards() throws Exception {
        Configuration configuration = new YarnConfiguration();
        configuration.set(YarnConfiguration.RM_HOSTNAME, "127.0.0.1");
        try (ReportServer server = open(configuration)) {
            assertThat(configuration.get(KEY)).endsWith(":" + server.address().getPort());
        }
        assertThat(configuration.get(KEY)).isNull();
    }

    private static ReportServer open(Configuration configuration) throws Exception {
        return new ReportServer(configuration, 1, report -> {
            throw new AssertionError("nobody reports: " + report);
        });
    }
}
