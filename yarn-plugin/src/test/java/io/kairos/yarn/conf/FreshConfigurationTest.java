/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Which of two values counts: the one at the start, or the one that is in the file now. */
class FreshConfigurationTest {
    private static final String QUANTUM = NodeManagerKeys.QUANTUM.name();
    private static final String SLOTS = NodeManagerKeys.SLOTS.name();
    private static final String MODE = NodeManagerKeys.MODE.name();

    @Test
    void theFileCountsWhereNoProgramHasSpoken() {
        Configuration atStart = file(QUANTUM, "100", "other", "old");
        atStart.set(SLOTS, "3");
        atStart.set(MODE, "off");
        atStart.unset(MODE);

        Configuration fresh = FreshConfiguration.of(
                atStart, file(QUANTUM, "200", SLOTS, "9", MODE, "observe", "other", "new"), NodeManagerKeys.ALL);

        assertThat(fresh.get(QUANTUM)).isEqualTo("200");
        assertThat(fresh.get(SLOTS)).isEqualTo("3");
        assertThat(fresh.get(MODE)).isEqualTo("observe");
        assertThat(fresh.get("other")).as("read at the start alone").isEqualTo("old");
        assertThat(atStart.get(QUANTUM)).isEqualTo("100");
    }

    @Test
    void whatIsNoLongerInTheFileIsNotSet() {
        Configuration fresh = FreshConfiguration.of(file(QUANTUM, "100"), file(), NodeManagerKeys.ALL);

        assertThat(fresh.get(QUANTUM)).isNull();
    }

    private static Configuration file(String... namesAndValues) {
        StringBuilder text = new StringBuilder("<configuration>");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            text.append("<property><name>")
                    .append(namesAndValues[i])
                    .append("</name><value>")
                    .append(namesAndValues[i + 1])
                    .append("</value></property>");
        }
        Configuration configuration = new Configuration(false);
        configuration.addResource(new ByteArrayInputStream(
                text.append("</configuration>").toString().getBytes(StandardCharsets.UTF_8)));
        return configuration;
    }
}
