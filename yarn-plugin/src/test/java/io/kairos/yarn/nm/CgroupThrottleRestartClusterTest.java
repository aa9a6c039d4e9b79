/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.pauser.PauseMode;
import io.kairos.node.pauser.Pausers;
import io.kairos.yarn.conf.NodeManagerKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tasks that crawl in groups of their own while their NodeManager dies. */
class CgroupThrottleRestartClusterTest extends CgroupRestartContract {
    private static final String MODE = NodeManagerKeys.PAUSE_MODE.name();

    CgroupThrottleRestartClusterTest() {
        super(PauseMode.THROTTLE);
    }

    @Test
    void aSwitchOfTheModeOverARestartLeavesNothingThrottledOrFrozen() throws Exception {
        switchOverRestarts(List.of(Map.of(MODE, "freeze"), Map.of(MODE, "throttle")), change -> {
            if (change.containsValue("freeze")) {
                assertThat(Pausers.liftLimits(parent(), false))
                        .as("throttled for ever")
                        .isEmpty();
            }
        });
    }
}
