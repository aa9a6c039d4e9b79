/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.NodeSettings;
import io.kairos.node.ServiceMeasure;
import io.kairos.node.pauser.PauseMode;
import io.kairos.yarn.conf.NodeManagerKeys;
import io.kairos.yarn.conf.SettingException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.server.nodemanager.util.NodeManagerHardwareUtils;

/** Reads a node's parameters from the NodeManager's configuration. */
final class NodeSettingsReader {
    private NodeSettingsReader() {}

    /**
     * What attained service is.
     *
     * @throws SettingException one line with key, value and what is allowed
     */
    static ServiceMeasure measure(Configuration configuration) {
        return NodeManagerKeys.ATTAINED_SERVICE.read(configuration).equals("cpu")
                ? ServiceMeasure.CPU
                : ServiceMeasure.WALL;
    }

    /**
     * The node's parameters. Where the node has no queue bound of its own, the ResourceManager's comes with the first report.
     *
     * @throws SettingException one line that says what is wrong and what is allowed
     */
    static NodeSettings read(Configuration configuration) {
        try {
            return readTogether(configuration);
        } catch (SettingException ofOneKey) {
            throw ofOneKey;
        } catch (IllegalArgumentException ofSeveral) {
            throw new SettingException("yarn.nodemanager.kairos.*: " + ofSeveral.getMessage());
        }
    }

    private static NodeSettings readTogether(Configuration configuration) {
        int slots = NodeManagerKeys.SLOTS
                .read(configuration)
                .orElseGet(() -> NodeManagerHardwareUtils.getVCores(configuration));
        // A task that crawls keeps itself alive.
        Optional<Duration> keepAlive = NodeManagerKeys.pauseMode(configuration) == PauseMode.THROTTLE
                ? Optional.empty()
                : NodeManagerKeys.KEEP_ALIVE_INTERVAL.read(configuration);
        Duration pulse = NodeManagerKeys.KEEP_ALIVE_PULSE.read(configuration);
        if (keepAlive.filter(interval -> pulse.compareTo(interval) >= 0).isPresent()) {
            throw new SettingException(NodeManagerKeys.KEEP_ALIVE_PULSE + " is '" + pulse.toMillis()
                    + "': expected less than " + NodeManagerKeys.KEEP_ALIVE_INTERVAL + ", which is '"
                    + keepAlive.get().toMillis() + "'");
        }
        Optional<Integer> queueBound = NodeManagerKeys.QUEUE_BOUND.read(configuration);
        return new NodeSettings(
                slots,
                queueBound.map(bound -> Math.addExact(slots, bound)).orElse(Integer.MAX_VALUE),
                // The ResourceManager never gives a node more than its memory, whatever was resized meanwhile; the
                // start's figures would hold tasks for which there is room.
                Long.MAX_VALUE,
                NodeManagerKeys.QUANTUM.read(configuration),
                NodeManagerKeys.PREEMPTIONS_BEFORE_GUARANTEE.read(configuration),
                NodeManagerKeys.GUARANTEED_QUANTA.read(configuration),
                NodeManagerKeys.MAX_PAUSE.read(configuration),
                keepAlive,
                pulse);
    }
}
