/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.NodeSettings;
import io.kairos.yarn.conf.Mode;
import io.kairos.yarn.conf.NodeManagerKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;

/**
 * What a running NodeManager takes new values of. Immutable.
 *
 * @param node the policy's parameters
 * @param queueBound Q of this node alone; empty where the ResourceManager's holds
 * @param mode this node's own; empty where the ResourceManager's holds
 * @param reportInterval time between load reports
 */
record LiveSettings(NodeSettings node, OptionalInt queueBound, Optional<Mode> mode, Duration reportInterval) {
    /** @throws io.kairos.yarn.conf.SettingException one line that says what is wrong and what is allowed */
    static LiveSettings read(Configuration configuration) {
        String mode = NodeManagerKeys.MODE.read(configuration);
        return new LiveSettings(
                NodeSettingsReader.read(configuration),
                NodeManagerKeys.QUEUE_BOUND
                        .read(configuration)
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty),
                mode.equals("follow") ? Optional.empty() : Optional.of(Mode.named(mode)),
                NodeManagerKeys.REPORT_INTERVAL.read(configuration));
    }
}
