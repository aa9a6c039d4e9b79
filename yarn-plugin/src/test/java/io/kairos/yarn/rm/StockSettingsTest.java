/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.yarn.conf.Key;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.conf.SettingException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacitySchedulerConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.QueuePath;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.policy.PriorityUtilizationQueueOrderingPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is imposed wins over capacity-scheduler.xml, what is only a default does not. */
class StockSettingsTest {
    @Test
    void imposedValuesWinOverTheFileThatIsReadLater() {
        CapacitySchedulerConfiguration read = readAfter(Map.of(
                CapacitySchedulerConfiguration.SCHEDULE_ASYNCHRONOUSLY_ENABLE, "true",
                CapacitySchedulerConfiguration.MULTI_NODE_PLACEMENT_ENABLED, "true"));
        assertThat(read.getScheduleAynschronously()).isFalse();
        assertThat(read.getMultiNodePlacementEnabled()).isFalse();
        assertThat(read.getNodeLocalityDelay()).isZero();
        assertThat(read.getRackLocalityAdditionalDelay()).isZero();
    }

    @Test
    void anAdminsLocalityDelayStays() {
        CapacitySchedulerConfiguration read =
                readAfter(Map.of(CapacitySchedulerConfiguration.NODE_LOCALITY_DELAY, "17"));
        assertThat(read.getNodeLocalityDelay()).isEqualTo(17);
        assertThat(read.getRackLocalityAdditionalDelay()).isZero();
    }

    @Test
    void anAdminsOrderOfQueuesStays() {
        QueuePath root = new QueuePath(CapacitySchedulerConfiguration.ROOT);
        assertThat(readAfter(Map.of()).getQueueOrderingPolicy(root, null)).isInstanceOf(LazyUtilizationOrder.class);
        assertThat(readAfter(Mode.OFF, Map.of()).getQueueOrderingPolicy(root, null))
                .isExactlyInstanceOf(PriorityUtilizationQueueOrderingPolicy.class);
        assertThat(readAfter(Map.of("yarn.scheduler.capacity.root.ordering-policy", "priority-utilization"))
                        .getQueueOrderingPolicy(root, null)
                        .getConfigName())
                .isEqualTo("priority-utilization");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aBadValueOfAnyKeyIsRefused(Key<?> key) {
        Configuration configuration = new Configuration(false);
        configuration.set(key.name(), "not a:value");
        assertThatThrownBy(() -> CentralSettings.read(configuration))
                .isInstanceOf(SettingException.class)
                .hasMessage(key.name() + " is 'not a:value': expected " + key.allowed());
    }

    private static List<Key<?>> keys() {
        return ResourceManagerKeys.ALL;
    }

    @Test
    void aBadValueIsOneLine() {
        Configuration configuration = new Configuration(false);
        configuration.set(ResourceManagerKeys.QUEUE_BOUND.name(), "-1");
        assertThatThrownBy(() -> CentralSettings.read(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("yarn.resourcemanager.kairos.queue-bound is '-1': expected a whole number from 0 to 10000");
    }

    @Test
    void whereHeartbeatsPlaceTheDelaysAreStock() {
        CapacitySchedulerConfiguration read = readAfter(Mode.OFF, Map.of());
        assertThat(read.getNodeLocalityDelay()).isEqualTo(CapacitySchedulerConfiguration.DEFAULT_NODE_LOCALITY_DELAY);
        assertThat(read.getScheduleAynschronously()).isFalse();
    }

    private static CapacitySchedulerConfiguration readAfter(Map<String, String> file) {
        return readAfter(Mode.ENFORCE, file);
    }

    private static CapacitySchedulerConfiguration readAfter(Mode mode, Map<String, String> file) {
        Configuration configuration = new Configuration(false);
        StockSettings.impose(configuration, mode);
        String properties = file.entrySet().stream()
                .map(entry -> "<property><name>" + entry.getKey() + "</name><value>" + entry.getValue()
                        + "</value></property>")
                .collect(Collectors.joining("", "<configuration>", "</configuration>"));
        configuration.addResource(new ByteArrayInputStream(properties.getBytes(StandardCharsets.UTF_8)));
        return new CapacitySchedulerConfiguration(configuration, false);
    }
}
